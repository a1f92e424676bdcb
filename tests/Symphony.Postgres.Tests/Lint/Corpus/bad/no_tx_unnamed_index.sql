-- expect: not-repeatable
-- symphony:no_tx
CREATE INDEX CONCURRENTLY ON purchase (note);
