-- expect: rename-object
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer RENAME CONSTRAINT customer_score_chk TO score_chk;
