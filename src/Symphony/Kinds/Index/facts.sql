-- An index as the catalog holds it. In: schema, table, index.
SELECT s.subject::integer AS subject,
       json_build_object(
         'relation_kind', c.relkind,
         'indexes_on', c.relhasindex,
         'valid', i.indisvalid,
         'ready', i.indisready,
         'live', i.indislive,
         'immediate', i.indimmediate,
         'exclusion', i.indisexclusion,
         'unique', i.indisunique,
         'nulls_distinct', NOT i.indnullsnotdistinct, -- 15+
         'nulls_distinct', NULL, -- before 15
         'method', am.amname,
         -- Only constraints of these two sorts have an index of their own.
         'constraint', CASE WHEN i.indisunique OR i.indisexclusion THEN (
           SELECT con.conname
           FROM pg_catalog.pg_depend d
           JOIN pg_catalog.pg_constraint con ON con.oid = d.refobjid
           WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
             AND d.refclassid = 'pg_catalog.pg_constraint'::regclass AND d.deptype = 'i') END,
         'columns', (
           -- include index_keys
           WHERE k.position <= i.indnkeyatts),
         'include', CASE WHEN i.indnatts > i.indnkeyatts THEN (
           SELECT json_agg(a.attname ORDER BY k.position)
           FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
           JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
           WHERE k.position > i.indnkeyatts) ELSE '[]' END,
         'storage', CASE WHEN ic.reloptions IS NULL THEN '{}' ELSE (
           SELECT COALESCE(json_object_agg(o.option_name, COALESCE(o.option_value, '')), '{}')
           FROM pg_catalog.pg_options_to_table(ic.reloptions) AS o) END,
         'predicate', pg_catalog.pg_get_expr(i.indpred, i.indrelid),
         'functions', CASE WHEN i.indexprs IS NULL AND i.indpred IS NULL THEN '[]' ELSE (
           -- include called_functions
           WHERE dep.classid = 'pg_catalog.pg_class'::regclass AND dep.objid = i.indexrelid) END,
         'comparing', CASE WHEN 16384 <= ANY (i.indclass::oid[]) THEN (
           -- include comparing_functions
         ) ELSE '{"usual": [], "others": []}' END,
         'children', CASE WHEN c.relhassubclass AND c.relkind = 'r' THEN (
           -- include child_names
         ) ELSE '[]' END) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
JOIN pg_catalog.pg_class ic ON ic.relnamespace = n.oid AND ic.relname = s.name AND ic.relkind IN ('i', 'I')
JOIN pg_catalog.pg_index i ON i.indexrelid = ic.oid AND i.indrelid = c.oid
JOIN pg_catalog.pg_am am ON am.oid = ic.relam
