-- expect: risky-together
SET LOCAL lock_timeout = '2s';
UPDATE customer SET score = 1;
CREATE INDEX purchase_note ON purchase (note);
