-- What is below c, by its bare names; a WHERE that chooses among it may follow: child is pg_class.
WITH RECURSIVE tree (relation) AS (
  -- include descendants
)
SELECT COALESCE(json_agg(cn.nspname || '.' || child.relname ORDER BY cn.nspname COLLATE "C", child.relname COLLATE "C"), '[]')
FROM tree t
JOIN pg_catalog.pg_class child ON child.oid = t.relation AND (child.relpersistence <> 't' OR c.relpersistence = 't')
JOIN pg_catalog.pg_namespace cn ON cn.oid = child.relnamespace
