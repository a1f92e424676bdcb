-- A view, or what stands in its place, as the catalog holds it. In: schema, view, (not used).
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'kind', c.relkind,
         'owner', pg_catalog.pg_get_userbyid(c.relowner),
         'security_invoker', COALESCE((SELECT o.option_value::boolean FROM pg_catalog.pg_options_to_table(c.reloptions) AS o WHERE o.option_name = 'security_invoker'), false), -- 15+
         'security_invoker', NULL, -- before 15
         'security_barrier', COALESCE((SELECT o.option_value::boolean FROM pg_catalog.pg_options_to_table(c.reloptions) AS o WHERE o.option_name = 'security_barrier'), false),
         'check_option', COALESCE((SELECT o.option_value FROM pg_catalog.pg_options_to_table(c.reloptions) AS o WHERE o.option_name = 'check_option'), 'none'),
         'populated', c.relispopulated,
         'columns', (
           SELECT COALESCE(json_agg(a.attname ORDER BY a.attnum), '[]')
           FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
         'definition', CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') END,
         'functions', (
           -- include called_functions
           WHERE dep.classid = 'pg_catalog.pg_rewrite'::regclass
             AND dep.objid = (SELECT w.oid FROM pg_catalog.pg_rewrite w WHERE w.ev_class = c.oid AND w.rulename = '_RETURN')),
         'rules', CASE WHEN c.relhasrules THEN (
           SELECT COALESCE(json_agg(w.rulename ORDER BY w.rulename COLLATE "C"), '[]')
           FROM pg_catalog.pg_rewrite w
           WHERE w.ev_class = c.oid AND w.ev_type IN ('2', '3', '4') AND w.ev_enabled IN ('O', 'A')) ELSE '[]' END,
         'triggers', CASE WHEN c.relhastriggers THEN (
           SELECT COALESCE(json_agg(g.tgname ORDER BY g.tgname COLLATE "C"), '[]')
           FROM pg_catalog.pg_trigger g
           WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')) ELSE '[]' END,
         -- What stands in the place of an insert or an update: then the view's check option is not looked at.
         'unchecked', (
           SELECT COALESCE(json_agg(x.name ORDER BY x.name COLLATE "C"), '[]')
           FROM (
             SELECT w.rulename FROM pg_catalog.pg_rewrite w
             WHERE w.ev_class = c.oid AND w.ev_type IN ('2', '3') AND w.is_instead AND w.ev_enabled IN ('O', 'A')
             UNION ALL
             SELECT g.tgname FROM pg_catalog.pg_trigger g
             WHERE g.tgrelid = c.oid AND g.tgtype & 64 = 64 AND g.tgtype & 20 <> 0 AND g.tgenabled IN ('O', 'A')) AS x (name)),
         -- Likewise on what it is over: a rule there that writes something else leaves every check behind, a trigger those of
         -- the views below (PostgreSQL manual, "CREATE VIEW").
         'unchecked_below', CASE WHEN c.relkind = 'v' AND c.reloptions IS NOT NULL THEN (
           WITH RECURSIVE below (relation) AS (
             SELECT c.oid
             UNION
             SELECT d.refobjid
             FROM below b
             JOIN pg_catalog.pg_rewrite w ON w.ev_class = b.relation AND w.rulename = '_RETURN'
             JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass)
           SELECT COALESCE(json_agg(x.name || ' on ' || pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
                    ORDER BY rn.nspname COLLATE "C", r.relname COLLATE "C", x.name COLLATE "C"), '[]')
           FROM below b
           JOIN pg_catalog.pg_class r ON r.oid = b.relation AND r.oid <> c.oid
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
           CROSS JOIN LATERAL (
             SELECT w.rulename FROM pg_catalog.pg_rewrite w
             WHERE w.ev_class = r.oid AND w.ev_type IN ('2', '3') AND w.is_instead AND w.ev_enabled IN ('O', 'A')
               AND pg_catalog.pg_get_ruledef(w.oid) !~ ' DO INSTEAD NOTHING;$'
             UNION ALL
             SELECT g.tgname FROM pg_catalog.pg_trigger g
             WHERE g.tgrelid = r.oid AND g.tgtype & 64 = 64 AND g.tgtype & 20 <> 0 AND g.tgenabled IN ('O', 'A')
               AND 'check_option=cascaded' = ANY (c.reloptions)) AS x (name)) ELSE '[]' END) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
