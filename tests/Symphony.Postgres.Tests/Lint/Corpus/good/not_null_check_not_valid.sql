SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD CONSTRAINT score_nn CHECK (score IS NOT NULL) NOT VALID;
