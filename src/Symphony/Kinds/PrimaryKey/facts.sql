-- A table's primary key as the catalog holds it. In: schema, table, (not used).
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         -- include key_constraint
         'nulls_distinct', true,
         'nullable_columns', (
           SELECT COALESCE(json_agg(a.attname ORDER BY a.attnum), '[]')
           FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = c.oid AND a.attnum = ANY (con.conkey) AND NOT a.attnotnull),
         'not_null_constraints', (
           SELECT COALESCE(json_agg(nn.conname ORDER BY nn.conname), '[]')
           FROM pg_catalog.pg_attribute a
           JOIN pg_catalog.pg_constraint nn ON nn.conrelid = c.oid AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum]
           WHERE a.attrelid = c.oid AND a.attnum = ANY (con.conkey) AND NOT a.attnotnull)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.contype = 'p'
JOIN pg_catalog.pg_index i ON i.indexrelid = con.conindid
