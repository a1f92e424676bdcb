-- expect: access-exclusive-held
SET LOCAL lock_timeout = '2s';
LOCK TABLE customer;
SELECT count(*) FROM purchase;
