-- expect: drop-default
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER status DROP DEFAULT;
