-- Types that a function written in this database casts from or to: planning an expression may run it, to fold a constant.
-- In: schemas, relations. Out: the type's name, and each relation with a column of it (NULL where none has one).
WITH cast_type AS (
  SELECT DISTINCT t.oid, t.typname
  FROM pg_catalog.pg_cast c
  JOIN pg_catalog.pg_proc p ON p.oid = c.castfunc
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('internal', 'c')
  JOIN pg_catalog.pg_type t ON t.oid IN (c.castsource, c.casttarget)
  -- Between a type of the user and a built-in one, only the former has to appear for the cast to be used.
  WHERE t.oid >= 16384 OR (c.castsource < 16384 AND c.casttarget < 16384)
)
SELECT k.typname::text, r.schema_name, r.relation_name
FROM cast_type k
LEFT JOIN (
  SELECT DISTINCT s.schema_name, s.relation_name, u.type
  FROM unnest($1::text[], $2::text[]) AS s (schema_name, relation_name)
  JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  CROSS JOIN LATERAL (VALUES (t.oid), (t.typelem), (t.typbasetype)) AS u (type)
) AS r ON r.type = k.oid
ORDER BY k.typname COLLATE "C", r.schema_name COLLATE "C", r.relation_name COLLATE "C"
