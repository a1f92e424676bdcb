-- expect: index-not-concurrent
SET LOCAL lock_timeout = '2s';
CREATE INDEX purchase_note ON purchase (note);
