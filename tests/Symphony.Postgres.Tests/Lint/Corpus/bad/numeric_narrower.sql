-- expect: narrow-type
SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase ALTER amount TYPE numeric(8,2);
