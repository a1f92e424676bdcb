-- expect: no-lock-timeout
ALTER TABLE customer ADD COLUMN region text;
