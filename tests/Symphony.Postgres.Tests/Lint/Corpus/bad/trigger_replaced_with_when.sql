-- expect: drop-trigger
SET LOCAL lock_timeout = '2s';
CREATE OR REPLACE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal FOR EACH ROW WHEN (false) EXECUTE FUNCTION refuse_change();
