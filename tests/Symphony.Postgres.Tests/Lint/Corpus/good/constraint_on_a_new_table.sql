CREATE TABLE invoice (invoice_id bigint, total numeric);
ALTER TABLE invoice ADD CONSTRAINT total_chk CHECK (total >= 0);
ALTER TABLE invoice ALTER invoice_id SET NOT NULL;
ALTER TABLE invoice ADD PRIMARY KEY (invoice_id);
