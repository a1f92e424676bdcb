-- expect: old-writer-refused
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD COLUMN region text;
ALTER TABLE customer ADD CONSTRAINT region_chk CHECK (region IS NOT NULL) NOT VALID;
