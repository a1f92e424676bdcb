-- A trigger as the catalog holds it. In: schema, table, trigger.
SELECT s.subject::integer AS subject,
       json_build_object(
         'relation_kind', c.relkind,
         'triggers_on', c.relhastriggers,
         'sessions_without_triggers', (
           -- include sessions_without_triggers
         ),
         'search_paths', (
           -- include search_paths
         ),
         'enabled', g.tgenabled,
         'timing', CASE g.tgtype & 66 WHEN 2 THEN 'before' WHEN 64 THEN 'instead_of' ELSE 'after' END,
         'level', CASE g.tgtype & 1 WHEN 1 THEN 'row' ELSE 'statement' END,
         'deferrable', g.tgdeferrable,
         'initially_deferred', g.tginitdeferred,
         'events', pg_catalog.to_json(pg_catalog.array_remove(ARRAY[
           CASE WHEN g.tgtype & 4 = 4 THEN 'insert' END,
           CASE WHEN g.tgtype & 16 = 16 THEN 'update' END,
           CASE WHEN g.tgtype & 8 = 8 THEN 'delete' END,
           CASE WHEN g.tgtype & 32 = 32 THEN 'truncate' END], NULL)),
         'columns', (
           SELECT COALESCE(json_agg(a.attname ORDER BY a.attname COLLATE "C"), '[]')
           FROM pg_catalog.unnest(g.tgattr::int2[]) AS k (attnum)
           JOIN pg_catalog.pg_attribute a ON a.attrelid = g.tgrelid AND a.attnum = k.attnum),
         'when', CASE WHEN g.tgqual IS NOT NULL THEN
           pg_catalog.substring(pg_catalog.pg_get_triggerdef(g.oid), ' WHEN \((.*)\) EXECUTE (?:FUNCTION|PROCEDURE) ') END,
         'has_when', g.tgqual IS NOT NULL,
         'when_functions', CASE WHEN g.tgqual IS NULL THEN '[]' ELSE (
           -- include called_functions
           WHERE dep.classid = 'pg_catalog.pg_trigger'::regclass AND dep.objid = g.oid AND f.oid <> g.tgfoid) END,
         'arguments', pg_catalog.to_json((pg_catalog.string_to_array(pg_catalog.encode(g.tgargs, 'escape'), '\000'))[:g.tgnargs]),
         'old_table', g.tgoldtable,
         'new_table', g.tgnewtable,
         -- include trigger_function
         'rules', CASE WHEN c.relhasrules THEN (
           SELECT COALESCE(json_agg(w.rulename ORDER BY w.rulename COLLATE "C"), '[]')
           FROM pg_catalog.pg_rewrite w
           WHERE w.ev_class = c.oid AND w.is_instead AND w.ev_enabled IN ('O', 'A')
             AND ((w.ev_type = '2' AND g.tgtype & 16 = 16) OR (w.ev_type = '3' AND g.tgtype & 4 = 4) OR (w.ev_type = '4' AND g.tgtype & 8 = 8)))
           ELSE '[]' END,
         'children_without', CASE WHEN c.relhassubclass THEN (
           -- include child_names
           WHERE child.relkind NOT IN ('r', 'p') OR NOT child.relhastriggers OR NOT EXISTS (
             SELECT FROM pg_catalog.pg_trigger held
             WHERE held.tgrelid = child.oid AND
               -- include same_trigger
           )) ELSE '[]' END,
         -- Its namesakes on what is below, and above, that are not ENABLE ALWAYS: of a partitioned table only a leaf's row counts.
         'not_always', CASE WHEN g.tgenabled = 'A' AND (c.relhassubclass OR g.tgtype & 1 = 0) THEN (
           WITH RECURSIVE tree (relation) AS (
             -- include relation_tree
           ),
           above (relation) AS (
             -- include relations_above
           )
           SELECT COALESCE(json_agg(rn.nspname || '.' || r.relname ORDER BY rn.nspname COLLATE "C", r.relname COLLATE "C"), '[]')
           FROM (
             -- include tree_and_above
           ) AS t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation AND (r.relpersistence <> 't' OR c.relpersistence = 't')
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
           WHERE (NOT t.above OR g.tgtype & 1 = 0)
             AND EXISTS (SELECT FROM pg_catalog.pg_trigger held WHERE held.tgrelid = r.oid AND held.tgname = g.tgname AND held.tgenabled = 'O')) ELSE '[]' END,
         -- A statement fires the statement triggers of the relation that it names and of no other, whatever rows it
         -- reaches; but TRUNCATE names what is below as well, and INSERT reaches partitions only.
         'parents_without', CASE WHEN g.tgtype & 1 = 0 AND (g.tgtype & 24 <> 0 OR (g.tgtype & 4 = 4 AND c.relispartition)) THEN (
           WITH RECURSIVE tree (relation) AS (
             -- include relation_tree
           ),
           above (relation) AS (
             -- include relations_above
           )
           SELECT COALESCE(json_agg(pn.nspname || '.' || parent.relname ORDER BY pn.nspname COLLATE "C", parent.relname COLLATE "C"), '[]')
           FROM above a
           JOIN pg_catalog.pg_class parent ON parent.oid = a.relation
           JOIN pg_catalog.pg_namespace pn ON pn.oid = parent.relnamespace
           WHERE a.relation NOT IN (SELECT t.relation FROM tree t)
             AND (NOT parent.relhastriggers OR NOT EXISTS (
               SELECT FROM pg_catalog.pg_trigger held
               WHERE held.tgrelid = parent.oid AND
                 -- include same_trigger
             ))) ELSE '[]' END) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid AND g.tgname = s.name AND
  -- include user_trigger
JOIN pg_catalog.pg_proc f ON f.oid = g.tgfoid
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = f.prolang
