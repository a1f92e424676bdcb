SET LOCAL lock_timeout = '2s';
-- symphony:waive drop-column reason="no version has named it since March" until=2099-12-31
ALTER TABLE customer DROP COLUMN nickname;
