-- An extension as the catalog holds it. In: (not used), (not used), extension.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'version', e.extversion,
         'schema', n.nspname,
         'relocatable', e.extrelocatable) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_extension e ON e.extname = s.name
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
