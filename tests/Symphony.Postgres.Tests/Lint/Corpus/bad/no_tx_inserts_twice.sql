-- expect: not-repeatable
-- symphony:no_tx
CREATE TABLE IF NOT EXISTS x (id bigint);
INSERT INTO x VALUES (1);
