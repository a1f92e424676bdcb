SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase ADD COLUMN referrer_id bigint REFERENCES customer (customer_id);
