SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD COLUMN a text, ADD COLUMN b integer;
ALTER TABLE purchase ADD COLUMN c text;
