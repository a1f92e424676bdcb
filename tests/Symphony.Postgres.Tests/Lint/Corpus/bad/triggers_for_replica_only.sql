-- expect: guard-disabled
SET LOCAL lock_timeout = '2s';
ALTER TABLE journal ENABLE REPLICA TRIGGER journal_append_only;
