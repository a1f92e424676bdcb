-- expect: rename-table
SET LOCAL lock_timeout = '2s';
CREATE SCHEMA archive;
ALTER TABLE journal SET SCHEMA archive;
