CREATE SCHEMA billing;
CREATE TYPE billing.state AS ENUM ('open', 'paid');
CREATE TABLE billing.bill (id bigint PRIMARY KEY, state billing.state NOT NULL);
