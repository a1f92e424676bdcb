-- expect: drop-column
SET LOCAL lock_timeout = '2s';
DO $$ BEGIN ALTER TABLE customer DROP COLUMN nickname; END $$;
