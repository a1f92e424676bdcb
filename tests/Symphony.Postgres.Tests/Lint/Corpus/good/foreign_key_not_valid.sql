SET LOCAL lock_timeout = '2s';
ALTER TABLE journal ADD COLUMN customer_id bigint;
ALTER TABLE journal ADD CONSTRAINT journal_customer FOREIGN KEY (customer_id) REFERENCES customer (customer_id) NOT VALID;
