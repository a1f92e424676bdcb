-- The triggers of a table and of all its partitions and children that can act on a change of rows.
-- In: schema, table, (not used).
SELECT s.subject::integer AS subject,
       json_build_object(
         'sessions_without_triggers', (
           -- include sessions_without_triggers
         ),
         'search_paths', (
           -- include search_paths
         ),
         'unlogged', (
           WITH RECURSIVE tree (relation) AS (
             -- include relation_tree
           )
           SELECT COALESCE(json_agg(pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
                                     ORDER BY rn.nspname COLLATE "C", r.relname COLLATE "C"), '[]')
           FROM tree t
           -- A partitioned table holds no rows, so its own persistence loses none.
           JOIN pg_catalog.pg_class r ON r.oid = t.relation AND r.relkind = 'r' AND r.relpersistence = 'u'
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace),
         'tree', (
           WITH RECURSIVE tree (relation) AS (
             -- include relation_tree
           ),
           above (relation) AS (
             -- include relations_above
           )
           SELECT json_agg(
                    json_build_object(
                      'relation', pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname),
                      'kind', r.relkind,
                      'above', t.above,
                      'triggers_on', r.relhastriggers,
                      'rules', CASE WHEN r.relhasrules THEN (
                        SELECT COALESCE(json_agg(w.rulename ORDER BY w.rulename COLLATE "C"), '[]')
                        FROM pg_catalog.pg_rewrite w
                        WHERE w.ev_class = r.oid AND w.ev_type IN ('2', '4') AND w.is_instead AND w.ev_enabled IN ('O', 'A')) ELSE '[]' END,
                      'fields', CASE WHEN EXISTS (
                        SELECT
                        -- include trigger_functions
                        WHERE g.tgrelid = r.oid AND f.prosrc ~* '\m(old|new)\M') THEN (
                        SELECT json_object_agg(
                                 a.attname,
                                 json_build_object(
                                   'joins', t.typtype IN ('b', 'd', 'e')
                                     AND (t.typcategory IN ('B', 'D', 'E', 'I', 'N', 'S', 'T') OR t.oid = 'pg_catalog.uuid'::regtype),
                                   'given', a.attnotnull AND a.attgenerated = ''
                                     AND NOT EXISTS ( -- 18+
                                       SELECT FROM pg_catalog.pg_constraint nn -- 18+
                                       WHERE nn.conrelid = r.oid AND nn.contype = 'n' AND NOT nn.convalidated AND nn.conkey = ARRAY[a.attnum]) -- 18+
                                   )
                                 ORDER BY a.attname COLLATE "C")
                        FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                        WHERE a.attrelid = r.oid AND NOT a.attisdropped) END,
                      'triggers', (
                        SELECT COALESCE(json_agg(
                                 json_build_object(
                                   -- include trigger_state
                                   'update', g.tgtype & 16 = 16,
                                   'delete', g.tgtype & 8 = 8,
                                   'truncate', g.tgtype & 32 = 32,
                                   'columns', pg_catalog.cardinality(g.tgattr::int2[]) > 0)
                                 ORDER BY g.tgname COLLATE "C"), '[]')
                        -- include trigger_functions
                        WHERE g.tgrelid = r.oid AND g.tgtype & 2 = 2 AND g.tgtype & 56 <> 0 AND
                          -- include user_trigger
                      ))
                    ORDER BY r.oid <> c.oid, t.above, rn.nspname COLLATE "C", r.relname COLLATE "C")
           FROM (
             -- include tree_and_above
           ) AS t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation AND (r.relpersistence <> 't' OR c.relpersistence = 't')
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
