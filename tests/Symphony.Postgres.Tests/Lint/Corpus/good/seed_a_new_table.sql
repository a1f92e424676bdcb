CREATE TABLE currency (code text PRIMARY KEY);
INSERT INTO currency VALUES ('EUR'), ('USD'), ('GBP');
UPDATE currency SET code = upper(code);
