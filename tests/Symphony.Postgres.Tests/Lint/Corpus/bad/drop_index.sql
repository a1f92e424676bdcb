-- expect: drop-index
SET LOCAL lock_timeout = '2s';
DROP INDEX customer_status;
