COMMENT ON TABLE customer IS 'Never DROP TABLE customer; use TRUNCATE never, ALTER COLUMN TYPE never';
