-- expect: drop-constraint
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer DROP CONSTRAINT customer_score_chk;
