CREATE TABLE invoice (invoice_id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer (customer_id));
