-- symphony:no_tx
CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_note ON purchase (note);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS customer_nick ON customer (nickname);
