SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD CONSTRAINT status_chk CHECK (status IN ('new', 'active', 'gone')) NOT VALID;
