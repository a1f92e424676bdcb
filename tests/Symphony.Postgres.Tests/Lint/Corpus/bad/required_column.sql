-- expect: required-column
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD COLUMN region text NOT NULL;
