-- symphony:no_tx
CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_note ON purchase (note);
