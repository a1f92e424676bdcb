-- expect: table-rewrite
-- symphony:no_tx
SET lock_timeout = '2s';
VACUUM FULL customer;
