-- expect: rename-table
SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase RENAME TO orders;
