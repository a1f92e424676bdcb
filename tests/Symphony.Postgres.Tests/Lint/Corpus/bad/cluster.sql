-- expect: table-rewrite
SET LOCAL lock_timeout = '2s';
CLUSTER customer USING customer_pkey;
