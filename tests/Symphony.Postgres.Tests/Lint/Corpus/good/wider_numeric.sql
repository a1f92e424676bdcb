SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase ALTER amount TYPE numeric(12,2);
