-- expect: access-exclusive-held
SET LOCAL lock_timeout = '2s';
CREATE TABLE history (entry_id bigint, body text NOT NULL) PARTITION BY RANGE (entry_id);
ALTER TABLE history ATTACH PARTITION journal FOR VALUES FROM (1) TO (9000000000);
