SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();
