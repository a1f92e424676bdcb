CREATE FUNCTION reset_all() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE purchase; TRUNCATE customer; END $$;
