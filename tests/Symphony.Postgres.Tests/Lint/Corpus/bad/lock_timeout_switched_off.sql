-- expect: no-lock-timeout
SET LOCAL lock_timeout = '2s';
SET LOCAL lock_timeout = 0;
ALTER TABLE customer ADD COLUMN region text;
