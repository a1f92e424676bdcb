-- The triggers of a table and of all its partitions and children that can act on an inserted row.
-- In: schema, table, column.
SELECT s.subject::integer AS subject,
       json_build_object(
         'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
         'generated', a.attgenerated <> '',
         'sessions_without_triggers', (
           -- include sessions_without_triggers
         ),
         'search_paths', (
           -- include search_paths
         ),
         'tree', (
           WITH RECURSIVE tree (relation) AS (
             -- include relation_tree
           )
           SELECT json_agg(
                    json_build_object(
                      'relation', pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname),
                      'kind', r.relkind,
                      'triggers_on', r.relhastriggers,
                      'rules', CASE WHEN r.relhasrules THEN (
                        SELECT COALESCE(json_agg(w.rulename ORDER BY w.rulename COLLATE "C"), '[]')
                        FROM pg_catalog.pg_rewrite w
                        WHERE w.ev_class = r.oid AND w.ev_type = '3' AND w.is_instead AND w.ev_enabled IN ('O', 'A')) ELSE '[]' END,
                      'triggers', (
                        SELECT COALESCE(json_agg(
                                 json_build_object(
                                   -- include trigger_state
                                   'columns', pg_catalog.cardinality(g.tgattr::int2[]) > 0)
                                 ORDER BY g.tgname COLLATE "C"), '[]')
                        -- include trigger_functions
                        WHERE g.tgrelid = r.oid AND g.tgtype & 7 = 7 AND
                          -- include user_trigger
                      ))
                    ORDER BY r.oid <> c.oid, rn.nspname COLLATE "C", r.relname COLLATE "C")
           FROM tree t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation AND (r.relpersistence <> 't' OR c.relpersistence = 't')
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = s.name AND a.attnum > 0 AND NOT a.attisdropped
