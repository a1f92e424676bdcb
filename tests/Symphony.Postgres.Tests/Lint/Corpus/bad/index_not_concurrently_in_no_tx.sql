-- expect: index-not-concurrent
-- symphony:no_tx
SET lock_timeout = '2s';
CREATE INDEX IF NOT EXISTS purchase_note ON purchase (note);
