-- DROP TABLE customer;
/* ALTER TABLE customer DROP COLUMN email; TRUNCATE purchase; */
SELECT 1;
