-- Whether there is a table to probe. A subject without a relation, a statement of its own, is always there.
SELECT s.subject::integer AS subject,
       json_build_object('relation_kind', c.relkind) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s(schema, relation, name, subject)
LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema
LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation
WHERE s.relation IS NULL OR c.oid IS NOT NULL
