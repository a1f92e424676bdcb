-- expect: table-rewrite
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER score TYPE bigint;
