-- A table as the catalog holds it, and everything below it that holds its rows. In: schema, table, (not used).
-- Other sessions' temporary children are not its rows' place: nobody else can write to them.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'comment', (
           SELECT d.description
           FROM pg_catalog.pg_description d
           WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0),
         'tree', (
           WITH RECURSIVE tree (relation) AS (
             -- include relation_tree
           )
           SELECT json_agg(
                    json_build_object(
                      'relation', pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname),
                      'kind', r.relkind,
                      'persistence', CASE r.relpersistence WHEN 'p' THEN 'permanent' WHEN 'u' THEN 'unlogged' ELSE 'temporary' END,
                      'row_security', r.relrowsecurity,
                      'row_security_forced', r.relforcerowsecurity,
                      'storage', COALESCE((
                        SELECT json_object_agg(o.option_name, COALESCE(o.option_value, ''))
                        FROM pg_catalog.pg_options_to_table(r.reloptions) AS o), '{}'),
                      'owner', pg_catalog.pg_get_userbyid(r.relowner),
                      'rules', CASE WHEN r.relhasrules THEN (
                        SELECT COALESCE(json_agg(w.rulename ORDER BY w.rulename), '[]')
                        FROM pg_catalog.pg_rewrite w
                        WHERE w.ev_class = r.oid AND w.ev_type IN ('2', '3', '4') AND w.ev_enabled IN ('O', 'A')) ELSE '[]' END)
                    ORDER BY r.oid <> c.oid, rn.nspname, r.relname)
           FROM tree t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation AND (r.oid = c.oid OR c.relpersistence = 't' OR r.relpersistence <> 't')
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
