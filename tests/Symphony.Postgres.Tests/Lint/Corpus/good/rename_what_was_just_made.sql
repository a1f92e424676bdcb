CREATE TABLE staging (id bigint);
ALTER TABLE staging RENAME TO invoice;
ALTER TABLE invoice RENAME id TO invoice_id;
ALTER TABLE invoice ALTER invoice_id TYPE text;
