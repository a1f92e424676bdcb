-- expect: drop-table
SET LOCAL lock_timeout = '2s';
drop table journal;
