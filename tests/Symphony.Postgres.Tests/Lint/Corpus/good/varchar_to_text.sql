SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER nickname TYPE text;
