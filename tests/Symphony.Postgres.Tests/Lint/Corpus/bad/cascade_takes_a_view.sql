-- expect: drop-object
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer DROP COLUMN email CASCADE;
