-- expect: constraint-not-valid
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer ADD COLUMN kind text DEFAULT 'x' CHECK (kind IN ('x', 'y'));
