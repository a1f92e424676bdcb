-- expect: drop-column
SET LOCAL lock_timeout = '2s';
CREATE FUNCTION tidy() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE customer DROP COLUMN score; END $$;
SELECT tidy();
DROP FUNCTION tidy();
