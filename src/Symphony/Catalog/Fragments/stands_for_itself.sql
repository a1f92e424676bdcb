-- The relation c is no partition, or one of tables in other schemas only, which a rule over this schema is not about.
(NOT c.relispartition OR NOT EXISTS (
  WITH RECURSIVE above (relation) AS (
    SELECT h.inhparent FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid
    UNION
    SELECT h.inhparent FROM above a JOIN pg_catalog.pg_inherits h ON h.inhrelid = a.relation)
  SELECT FROM above a JOIN pg_catalog.pg_class p ON p.oid = a.relation WHERE p.relnamespace = c.relnamespace))
