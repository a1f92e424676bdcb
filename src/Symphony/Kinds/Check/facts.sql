-- A check constraint as the catalog holds it. In: schema, table, constraint.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'relation_kind', c.relkind,
         'checks_on', c.relchecks > 0,
         'enforced', con.conenforced, -- 18+
         'enforced', true, -- before 18
         'validated', con.convalidated,
         'no_inherit', con.connoinherit,
         'expression', pg_catalog.pg_get_expr(con.conbin, con.conrelid),
         -- Most call none, which one look at the index tells.
         'functions', CASE WHEN EXISTS (
           SELECT FROM pg_catalog.pg_depend k
           WHERE k.classid = 'pg_catalog.pg_constraint'::regclass AND k.objid = con.oid
             AND k.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)) THEN (
           -- include called_functions
           WHERE dep.classid = 'pg_catalog.pg_constraint'::regclass AND dep.objid = con.oid) ELSE '[]' END,
         'children_without', CASE WHEN c.relhassubclass THEN (
           -- include child_names
           WHERE child.relkind NOT IN ('r', 'p')
              OR child.relchecks = 0
              OR NOT EXISTS (
                SELECT FROM pg_catalog.pg_constraint held
                WHERE held.conrelid = child.oid AND held.contype = 'c' AND held.conname = con.conname
                  AND held.conenforced -- 18+
                  AND pg_catalog.pg_get_expr(held.conbin, held.conrelid) = pg_catalog.pg_get_expr(con.conbin, con.conrelid)))
           ELSE '[]' END) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
-- As text, so that no index on names alone is used: a thousand tables may have a constraint of one name.
JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.conname::text = s.name AND con.contype = 'c'
