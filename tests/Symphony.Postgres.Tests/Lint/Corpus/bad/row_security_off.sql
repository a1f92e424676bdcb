-- expect: guard-disabled
-- before: ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
SET LOCAL lock_timeout = '2s';
ALTER TABLE customer DISABLE ROW LEVEL SECURITY;
