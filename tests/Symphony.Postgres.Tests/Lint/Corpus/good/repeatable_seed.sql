-- symphony:no_tx
CREATE TABLE IF NOT EXISTS currency (code text PRIMARY KEY);
INSERT INTO currency VALUES ('EUR'), ('USD') ON CONFLICT DO NOTHING;
