-- A column as the catalog holds it. In: schema, table, column.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'relation_kind', c.relkind,
         'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
         'type_without_length', pg_catalog.format_type(a.atttypid, -1),
         'not_null', a.attnotnull,
         'not_null_constraint', nn.conname, -- 18+
         'not_null_constraint', NULL, -- before 18
         'not_null_validated', COALESCE(nn.convalidated AND nn.conenforced, true), -- 18+
         'not_null_validated', true, -- before 18
         'not_null_no_inherit', COALESCE(nn.connoinherit, false), -- 18+
         'not_null_no_inherit', false, -- before 18
         'default', CASE WHEN a.attgenerated = '' THEN COALESCE(
           pg_catalog.pg_get_expr(d.adbin, d.adrelid),
           pg_catalog.pg_get_expr(t.typdefaultbin, 0)) END,
         'generated', CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
         'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by_default' ELSE 'none' END,
         -- 100 is the one of columns that name none.
         'collation', CASE a.attcollation WHEN 0 THEN NULL WHEN 100 THEN 'pg_catalog."default"' ELSE (
           SELECT pg_catalog.quote_ident(con.nspname) || '.' || pg_catalog.quote_ident(co.collname)
           FROM pg_catalog.pg_collation co
           JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace
           WHERE co.oid = a.attcollation) END,
         'comment', (
           SELECT de.description
           FROM pg_catalog.pg_description de
           WHERE de.classoid = 'pg_catalog.pg_class'::regclass AND de.objoid = c.oid AND de.objsubid = a.attnum),
         'functions', CASE WHEN d.oid IS NULL AND t.typdefaultbin IS NULL THEN '[]' ELSE (
           -- include called_functions
           WHERE dep.classid = CASE WHEN d.oid IS NULL THEN 'pg_catalog.pg_type'::regclass ELSE 'pg_catalog.pg_attrdef'::regclass END
             AND dep.objid = COALESCE(d.oid, t.oid)) END,
         'children', CASE WHEN c.relhassubclass THEN (
           WITH RECURSIVE tree (relation) AS (
             -- include descendants
           )
           SELECT COALESCE(json_agg(
                    json_build_object(
                      'relation', pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname),
                      'kind', r.relkind,
                      'not_null', ra.attnotnull,
                      'not_null_constraint', rnn.conname, -- 18+
                      'not_null_constraint', NULL, -- before 18
                      'not_null_validated', COALESCE(rnn.convalidated AND rnn.conenforced, true), -- 18+
                      'not_null_validated', true, -- before 18
                      'generated', CASE WHEN ra.attgenerated <> '' THEN pg_catalog.pg_get_expr(rd.adbin, rd.adrelid) END)
                    ORDER BY rn.nspname, r.relname), '[]')
           FROM tree t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation AND (c.relpersistence = 't' OR r.relpersistence <> 't')
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
           JOIN pg_catalog.pg_attribute ra ON ra.attrelid = r.oid AND ra.attname = a.attname
           LEFT JOIN pg_catalog.pg_attrdef rd ON rd.adrelid = r.oid AND rd.adnum = ra.attnum AND ra.atthasdef
           LEFT JOIN pg_catalog.pg_constraint rnn ON rnn.conrelid = r.oid AND rnn.contype = 'n' AND rnn.conkey = ARRAY[ra.attnum] -- 18+
         ) ELSE '[]' END) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = s.name AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
-- Without the flag the server does not look for a default, whatever pg_attrdef holds.
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum AND a.atthasdef
LEFT JOIN pg_catalog.pg_constraint nn ON nn.conrelid = c.oid AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum] -- 18+
