SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER score SET DEFAULT 0;
