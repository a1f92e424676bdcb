-- expect: old-writer-refused
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER customer_id SET GENERATED ALWAYS;
