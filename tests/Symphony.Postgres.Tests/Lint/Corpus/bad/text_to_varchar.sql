-- expect: narrow-type
SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase ALTER COLUMN note SET DATA TYPE varchar(100);
