-- expect: old-writer-refused
-- before: CREATE TABLE day (day_id bigint PRIMARY KEY, feeling mood NOT NULL);
ALTER TYPE mood RENAME VALUE 'glad' TO 'happy';
