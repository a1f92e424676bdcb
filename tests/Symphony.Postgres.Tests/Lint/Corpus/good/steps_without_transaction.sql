-- symphony:no_tx
SET lock_timeout = '2s';
ALTER TABLE customer ADD COLUMN IF NOT EXISTS region text;
ALTER TABLE customer
  DROP CONSTRAINT IF EXISTS region_chk,
  ADD CONSTRAINT region_chk CHECK (region <> '') NOT VALID;
ALTER TABLE customer VALIDATE CONSTRAINT region_chk;
