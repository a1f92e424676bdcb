-- expect: old-writer-refused
SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase ADD COLUMN channel text;
CREATE FUNCTION require_channel() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.channel IS NULL THEN RAISE EXCEPTION 'no channel'; END IF; RETURN NEW; END $$;
CREATE TRIGGER purchase_channel BEFORE INSERT ON purchase FOR EACH ROW EXECUTE FUNCTION require_channel();
