-- A check constraint as the catalog holds it. In: schema, table, constraint.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       jsonb_build_object(
         'relation_kind', c.relkind,
         'checks_on', c.relchecks > 0,
         'enforced', con.conenforced, -- 18+
         'enforced', true, -- before 18
         'validated', con.convalidated,
         'no_inherit', con.connoinherit,
         'expression', pg_catalog.pg_get_expr(con.conbin, con.conrelid),
         'functions', (
           SELECT COALESCE(jsonb_agg(
                    jsonb_build_object(
                      'name', pg_catalog.quote_ident(pn.nspname) || '.' || pg_catalog.quote_ident(p.proname)
                              || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
                      'language', (SELECT pl.lanname FROM pg_catalog.pg_language pl WHERE pl.oid = p.prolang),
                      'body', COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc))
                    ORDER BY pn.nspname COLLATE "C", p.proname COLLATE "C", pg_catalog.pg_get_function_identity_arguments(p.oid) COLLATE "C"), '[]')
           FROM pg_catalog.pg_depend d
           LEFT JOIN pg_catalog.pg_operator o ON d.refclassid = 'pg_catalog.pg_operator'::regclass AND o.oid = d.refobjid
           JOIN pg_catalog.pg_proc p
             ON p.oid = CASE WHEN d.refclassid = 'pg_catalog.pg_proc'::regclass THEN d.refobjid ELSE o.oprcode END
           JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace
           WHERE d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = con.oid),
         'children_without', CASE WHEN c.relhassubclass THEN (
           WITH RECURSIVE tree (relation) AS (
             SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid
             UNION
             SELECT i.inhrelid FROM tree t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.relation)
           SELECT COALESCE(jsonb_agg(cn.nspname || '.' || child.relname ORDER BY cn.nspname COLLATE "C", child.relname COLLATE "C"), '[]')
           FROM tree t
           JOIN pg_catalog.pg_class child ON child.oid = t.relation AND (child.relpersistence <> 't' OR c.relpersistence = 't')
           JOIN pg_catalog.pg_namespace cn ON cn.oid = child.relnamespace
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
