-- expect: access-exclusive-held
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD COLUMN region text;
UPDATE purchase SET note = 'x';
