-- expect: not-repeatable
-- symphony:no_tx
CREATE TABLE x (id bigint);
