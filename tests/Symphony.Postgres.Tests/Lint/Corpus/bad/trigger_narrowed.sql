-- expect: drop-trigger
SET LOCAL lock_timeout = '2s';
DROP TRIGGER journal_append_only ON journal;
CREATE TRIGGER journal_append_only BEFORE DELETE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_change();
