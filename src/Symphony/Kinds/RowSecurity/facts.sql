-- Row security of a table and of everything below it that holds its rows. In: schema, table, (not used).
-- Other sessions' temporary children are not its rows' place: nobody else can read or write them.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'tree', (
           WITH RECURSIVE tree (relation) AS (
             -- include relation_tree
           )
           SELECT json_agg(
                    json_build_object(
                      'schema', rn.nspname,
                      'name', r.relname,
                      'kind', r.relkind,
                      'enabled', r.relrowsecurity,
                      'forced', r.relforcerowsecurity,
                      'policies', (
                        -- include policies
                        WHERE p.polrelid = r.oid))
                    ORDER BY r.oid <> c.oid, rn.nspname COLLATE "C", r.relname COLLATE "C")
           FROM tree t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation AND (r.oid = c.oid OR c.relpersistence = 't' OR r.relpersistence <> 't')
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace),
         'bypass', (
           SELECT COALESCE(json_agg(ro.rolname ORDER BY ro.rolname COLLATE "C"), '[]')
           FROM pg_catalog.pg_roles ro
           WHERE ro.rolbypassrls AND NOT ro.rolsuper)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
