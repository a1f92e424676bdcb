-- expect: truncate-table
SET LOCAL lock_timeout = '2s';
DO $$ BEGIN EXECUTE 'TRUNCATE ' || 'purchase'; END $$;
