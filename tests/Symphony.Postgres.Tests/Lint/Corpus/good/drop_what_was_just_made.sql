CREATE TABLE staging (id bigint);
CREATE INDEX staging_id ON staging (id);
DROP INDEX staging_id;
DROP TABLE staging;
