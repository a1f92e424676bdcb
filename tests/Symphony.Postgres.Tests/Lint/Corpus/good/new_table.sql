CREATE TABLE invoice (invoice_id bigint PRIMARY KEY, total numeric NOT NULL CHECK (total >= 0));
CREATE INDEX invoice_total ON invoice (total);
