-- expect: table-rewrite
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD COLUMN lower_email text GENERATED ALWAYS AS (lower(email)) STORED;
