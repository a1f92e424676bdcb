-- expect: truncate-table
SET LOCAL lock_timeout = '2s';
truncate purchase;
