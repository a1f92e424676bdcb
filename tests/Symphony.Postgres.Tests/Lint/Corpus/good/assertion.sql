DO $$ BEGIN IF (SELECT count(*) FROM customer) < 0 THEN RAISE EXCEPTION 'never'; END IF; END $$;
