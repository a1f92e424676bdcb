-- expect: drop-constraint
SET LOCAL lock_timeout = '2s';
ALTER TABLE journal DROP CONSTRAINT journal_pkey;
