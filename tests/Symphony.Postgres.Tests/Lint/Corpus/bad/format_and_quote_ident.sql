-- expect: rename-column
SET LOCAL lock_timeout = '2s';
DO $$ BEGIN EXECUTE format('ALTER TABLE %I RENAME COLUMN %I TO %I', 'customer', 'email', 'mail'); END $$;
