-- expect: index-not-concurrent
SET LOCAL lock_timeout = '2s';
REINDEX INDEX customer_status;
