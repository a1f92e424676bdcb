-- expect: set-not-null
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer DROP CONSTRAINT customer_pkey CASCADE;
ALTER TABLE customer ADD PRIMARY KEY (customer_id, nickname);
