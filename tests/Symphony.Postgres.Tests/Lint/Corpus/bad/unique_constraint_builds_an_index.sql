-- expect: index-not-concurrent
SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase ADD CONSTRAINT note_key UNIQUE (note);
