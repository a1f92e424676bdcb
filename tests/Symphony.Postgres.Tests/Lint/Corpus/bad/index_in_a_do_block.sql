-- expect: index-not-concurrent
SET LOCAL lock_timeout = '2s';
DO $$ BEGIN EXECUTE 'create unique index purchase_note on purchase (note)'; END $$;
