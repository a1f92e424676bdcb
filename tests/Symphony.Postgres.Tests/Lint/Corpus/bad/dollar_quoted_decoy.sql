-- expect: drop-table
SET LOCAL lock_timeout = '2s';
SELECT $$ DROP TABLE nothing; $$; DROP TABLE journal;
