-- symphony:no_tx
CREATE OR REPLACE PROCEDURE nothing() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
CALL nothing();
