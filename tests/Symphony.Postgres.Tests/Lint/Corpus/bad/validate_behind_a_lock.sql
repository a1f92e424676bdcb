-- expect: access-exclusive-held
SET LOCAL lock_timeout = '2s';
ALTER TABLE journal ADD CONSTRAINT body_chk CHECK (body <> '') NOT VALID;
DO $$ BEGIN PERFORM count(*) FROM customer; END $$;
