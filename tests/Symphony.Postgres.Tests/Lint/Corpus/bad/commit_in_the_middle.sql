-- expect: transaction-control
CREATE TABLE x (id bigint); /* done */ COMMIT; CREATE TABLE y (id bigint);
