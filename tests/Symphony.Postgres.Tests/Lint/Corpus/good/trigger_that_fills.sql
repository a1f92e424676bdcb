SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase ADD COLUMN channel text;
CREATE FUNCTION set_channel() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.channel := coalesce(NEW.channel, 'web'); RETURN NEW; END $$;
CREATE TRIGGER purchase_channel BEFORE INSERT OR UPDATE ON purchase FOR EACH ROW EXECUTE FUNCTION set_channel();
ALTER TABLE purchase ADD CONSTRAINT channel_chk CHECK (channel IS NOT NULL) NOT VALID;
