-- before: CREATE UNIQUE INDEX customer_nick ON customer (nickname);
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD CONSTRAINT nickname_key UNIQUE USING INDEX customer_nick;
