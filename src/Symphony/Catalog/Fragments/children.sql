-- What is below c, as names in SQL; a session's temporary children only where c is temporary.
WITH RECURSIVE tree (relation) AS (
  -- include descendants
)
SELECT COALESCE(json_agg(pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
                         ORDER BY rn.nspname, r.relname), '[]')
FROM tree t
JOIN pg_catalog.pg_class r ON r.oid = t.relation AND (c.relpersistence = 't' OR r.relpersistence <> 't')
JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
