-- expect: drop-index
CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN DROP INDEX customer_status; END $$;
CALL tidy();
