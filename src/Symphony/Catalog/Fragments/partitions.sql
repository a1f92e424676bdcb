-- The partitions of c, as names in SQL, beside the indexes attached to i. The WHERE that follows chooses them: r is
-- pg_class, and attached (index) has those indexes.
WITH RECURSIVE tree (relation) AS (
  -- include descendants
),
attached (index) AS (
  SELECT h.inhrelid FROM pg_catalog.pg_inherits h WHERE h.inhparent = i.indexrelid
  UNION
  SELECT h.inhrelid FROM attached t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.index)
SELECT COALESCE(json_agg(pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
                         ORDER BY rn.nspname, r.relname), '[]')
FROM tree t
JOIN pg_catalog.pg_class r ON r.oid = t.relation
JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
