-- before: ALTER TABLE purchase ADD CONSTRAINT amount_chk CHECK (amount > 0) NOT VALID;
ALTER TABLE purchase VALIDATE CONSTRAINT amount_chk;
