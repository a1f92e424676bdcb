-- expect: drop-constraint
SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase DROP CONSTRAINT purchase_customer_id_fkey;
