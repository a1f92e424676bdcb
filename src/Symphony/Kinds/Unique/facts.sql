-- A unique constraint as the catalog holds it. In: schema, table, constraint.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         -- include key_constraint
         'nulls_distinct', NOT i.indnullsnotdistinct, -- 15+
         'nulls_distinct', NULL, -- before 15
         'nullable_columns', '[]'::json,
         'not_null_constraints', '[]'::json) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
-- As text, so that no index on names alone is used: a thousand tables may have a constraint of one name.
JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.conname::text = s.name AND con.contype = 'u'
JOIN pg_catalog.pg_index i ON i.indexrelid = con.conindid
