-- expect: constraint-not-valid
SET LOCAL lock_timeout = '2s';
ALTER TABLE journal ADD CONSTRAINT journal_customer FOREIGN KEY (entry_id) REFERENCES customer (customer_id);
