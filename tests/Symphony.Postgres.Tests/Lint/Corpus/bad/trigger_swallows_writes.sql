-- expect: old-writer-refused
SET LOCAL lock_timeout = '2s';
CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER a_first BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION swallow();
