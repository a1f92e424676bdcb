-- expect: table-rewrite
SET LOCAL lock_timeout = '2s';
ALTER TABLE journal SET UNLOGGED;
