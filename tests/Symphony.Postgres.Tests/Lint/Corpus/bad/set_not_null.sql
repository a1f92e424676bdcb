-- expect: set-not-null
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER COLUMN score SET NOT NULL;
