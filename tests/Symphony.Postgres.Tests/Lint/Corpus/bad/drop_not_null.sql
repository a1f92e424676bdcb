-- expect: drop-not-null
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER email DROP NOT NULL;
