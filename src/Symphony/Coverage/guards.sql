-- What refuses, fills in or decides in this database: sort, schema, table, name; of a key its columns (JSON), of a check
-- its expression, where these are all that a claim must say of it. Partitions follow their parents;
-- what an extension owns, and the ledger of migrations, are not the schema's own.
WITH tables AS (
  SELECT c.oid, n.nspname, c.relname
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT (n.nspname = $1::text AND c.relname = $2::text)
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
)
SELECT g.sort, g.schema, g.relation, g.name, g.columns, g.expression
FROM (
  SELECT CASE k.contype WHEN 'c' THEN 'check' WHEN 'u' THEN 'unique' WHEN 'p' THEN 'primary_key'
                        WHEN 'f' THEN 'foreign_key' ELSE 'exclusion' END AS sort,
         t.nspname::text AS schema, t.relname::text AS relation, k.conname::text AS name,
         CASE WHEN pg_catalog.pg_get_constraintdef(k.oid) ~ '^(PRIMARY KEY|UNIQUE) [(][^()]*[)]$' THEN (
           SELECT pg_catalog.json_agg(a.attname ORDER BY c.place)::text
           FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS c (attnum, place)
           JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.attnum) END AS columns,
         CASE WHEN k.contype = 'c' AND pg_catalog.pg_get_constraintdef(k.oid) ~ '[)]( NOT VALID)?$'
           THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid) END AS expression
  FROM tables t
  JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid
  WHERE k.contype IN ('c', 'u', 'p', 'f', 'x') AND k.conparentid = 0
  UNION ALL
  SELECT 'unique_index', t.nspname::text, t.relname::text, x.relname::text, NULL, NULL
  FROM tables t
  JOIN pg_catalog.pg_index i ON i.indrelid = t.oid AND i.indisunique
  JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('u', 'p', 'x'))
  UNION ALL
  SELECT 'trigger', t.nspname::text, t.relname::text, g.tgname::text, NULL, NULL
  FROM tables t
  JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid
  WHERE NOT g.tgisinternal AND g.tgparentid = 0
  UNION ALL
  SELECT 'policy', t.nspname::text, t.relname::text, p.polname::text, NULL, NULL
  FROM tables t
  JOIN pg_catalog.pg_policy p ON p.polrelid = t.oid
  UNION ALL
  SELECT 'definer_function', n.nspname::text, NULL,
         (
           -- include function_signature
         ),
         NULL, NULL
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
) AS g
ORDER BY g.schema COLLATE "C", g.relation COLLATE "C" NULLS LAST, g.sort COLLATE "C", g.name COLLATE "C"
