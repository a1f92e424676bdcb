-- expect: drop-object
DROP VIEW active_customer;
