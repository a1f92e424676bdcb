-- before: UPDATE customer SET score = 0;
-- before: ALTER TABLE customer ADD CONSTRAINT score_nn CHECK (score IS NOT NULL);
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ALTER score SET NOT NULL;
