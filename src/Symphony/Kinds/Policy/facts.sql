-- A policy as the catalog holds it, and those beside it. In: schema, table, policy.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'relation_kind', c.relkind,
         'row_security', c.relrowsecurity,
         'policy', (
           -- include policies
           WHERE p.oid = po.oid) -> 0,
         'functions', (
           -- include called_functions
           WHERE dep.classid = 'pg_catalog.pg_policy'::regclass AND dep.objid = po.oid),
         'reads', (
           SELECT COALESCE(jsonb_agg(DISTINCT jsonb_build_object('schema', vn.nspname, 'name', v.relname)), '[]')
           FROM pg_catalog.pg_depend dep
           JOIN pg_catalog.pg_class v ON v.oid = dep.refobjid AND v.oid <> c.oid
           JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace
           WHERE dep.classid = 'pg_catalog.pg_policy'::regclass AND dep.objid = po.oid
             AND dep.refclassid = 'pg_catalog.pg_class'::regclass),
         -- Its roles that no policy holds back, as check_enable_rls() has it; that a member of one bypasses is the member's own right.
         'exempt', (
           SELECT json_build_object(
                    'superuser', COALESCE(json_agg(r.rolname ORDER BY r.rolname COLLATE "C") FILTER (WHERE r.rolsuper), '[]'),
                    'bypassrls', COALESCE(json_agg(r.rolname ORDER BY r.rolname COLLATE "C") FILTER (WHERE r.rolbypassrls), '[]'),
                    'owner', COALESCE(json_agg(r.rolname ORDER BY r.rolname COLLATE "C") FILTER (
                      WHERE NOT c.relforcerowsecurity
                        -- Of a superuser the server says that it has every role's rights.
                        AND (r.oid = c.relowner OR NOT r.rolsuper AND pg_catalog.pg_has_role(r.oid, c.relowner, 'USAGE'))), '[]'))
           FROM pg_catalog.pg_roles r
           WHERE r.oid = ANY (po.polroles)),
         'beside', (
           -- include policies
           WHERE p.polrelid = c.oid AND p.oid <> po.oid AND p.polpermissive)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
JOIN pg_catalog.pg_policy po ON po.polrelid = c.oid AND po.polname = s.name
