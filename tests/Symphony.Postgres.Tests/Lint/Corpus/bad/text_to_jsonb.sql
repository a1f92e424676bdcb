-- expect: change-type
SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase ALTER note TYPE jsonb USING to_jsonb(note);
