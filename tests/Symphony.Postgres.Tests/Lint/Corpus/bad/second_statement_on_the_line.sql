-- expect: drop-table
SET LOCAL lock_timeout = '2s';
SELECT 1; SELECT 'x;y'; DROP TABLE journal;
