-- expect: drop-default
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER customer_id DROP IDENTITY;
