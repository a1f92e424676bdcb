-- expect: transaction-control
begin;
CREATE TABLE x (id bigint);
commit;
