-- expect: rows-changed
CREATE TABLE customer_copy AS TABLE customer;
