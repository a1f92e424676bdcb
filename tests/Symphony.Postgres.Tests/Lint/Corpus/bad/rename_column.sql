-- expect: rename-column
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer RENAME score TO points;
