-- expect: guard-disabled
SET LOCAL lock_timeout = '2s';
ALTER TABLE journal DISABLE TRIGGER journal_append_only;
