-- expect: narrow-type
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER nickname TYPE varchar(10);
