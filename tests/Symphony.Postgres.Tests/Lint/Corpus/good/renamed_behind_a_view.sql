SET LOCAL lock_timeout = '2s';
ALTER TABLE purchase RENAME TO purchase_stored;
CREATE VIEW purchase AS SELECT * FROM purchase_stored;
