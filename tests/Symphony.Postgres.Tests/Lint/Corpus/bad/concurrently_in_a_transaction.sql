-- expect: concurrently-in-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_note ON purchase (note);
