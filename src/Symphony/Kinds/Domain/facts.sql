-- A domain, or what stands in its place, as the catalog holds it. In: schema, (not used), type.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'kind', t.typtype,
         'type', CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
         'type_without_length', CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, -1) END,
         'not_null', t.typnotnull,
         'not_null_validated', COALESCE((SELECT nn.convalidated FROM pg_catalog.pg_constraint nn WHERE nn.contypid = t.oid AND nn.contype = 'n'), true),
         'default', pg_catalog.pg_get_expr(t.typdefaultbin, 0),
         'checks', (
           SELECT COALESCE(json_object_agg(con.conname, json_build_object(
                    'expression', pg_catalog.pg_get_expr(con.conbin, 0),
                    'validated', con.convalidated)), '{}')
           FROM pg_catalog.pg_constraint con
           WHERE con.contypid = t.oid AND con.contype = 'c'),
         'functions', (
           -- include called_functions
           WHERE (dep.classid = 'pg_catalog.pg_type'::regclass AND dep.objid = t.oid)
              OR (dep.classid = 'pg_catalog.pg_constraint'::regclass
                  AND dep.objid IN (SELECT con.oid FROM pg_catalog.pg_constraint con WHERE con.contypid = t.oid)))) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid AND t.typname = s.name
