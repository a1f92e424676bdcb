SET LOCAL lock_timeout = '2s';
ALTER TABLE customer DROP CONSTRAINT customer_score_chk, ADD CONSTRAINT customer_score_chk CHECK (score >= 0) NOT VALID;
