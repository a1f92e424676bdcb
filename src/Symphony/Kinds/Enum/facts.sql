-- An enum type, or what stands in its place, as the catalog holds it. In: schema, (not used), type.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'kind', t.typtype,
         'labels', (
           SELECT COALESCE(json_agg(e.enumlabel ORDER BY e.enumsortorder), '[]')
           FROM pg_catalog.pg_enum e
           WHERE e.enumtypid = t.oid),
         -- Labels with an even OID compare by it, whatever place the catalog gives them: enum_cmp_internal().
         'misplaced', (
           SELECT COALESCE(json_agg(e.enumlabel ORDER BY e.enumsortorder), '[]')
           FROM (
             SELECT v.enumlabel, v.enumsortorder, v.oid < pg_catalog.lag(v.oid) OVER (ORDER BY v.enumsortorder) AS is_back
             FROM pg_catalog.pg_enum v
             WHERE v.enumtypid = t.oid AND v.oid::bigint % 2 = 0) AS e
           WHERE e.is_back)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid AND t.typname = s.name
