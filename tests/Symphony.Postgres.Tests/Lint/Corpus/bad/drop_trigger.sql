-- expect: drop-trigger
SET LOCAL lock_timeout = '2s';
DROP TRIGGER journal_append_only ON journal;
