-- Where built-in names are not looked for first: the settings whose search_path names pg_catalog after other schemas,
-- and, of each schema that such a path (a trigger function's own as well) names, what it has under a built-in
-- name and whether everyone may create in it. Whoever writes may set a path of the session's own; that is not in sight.
WITH began AS MATERIALIZED (
  -- What this session began with. Once: the server makes the texts of all its settings for it.
  SELECT st.reset_val AS path FROM pg_catalog.pg_settings st WHERE st.name = 'search_path'
)
SELECT json_build_object(
         'settings', (
           SELECT COALESCE(json_agg(json_build_object('command', t.command, 'search_path', t.path) ORDER BY t.command COLLATE "C"), '[]')
           FROM (
             SELECT
               -- include setting_command
               AS command,
               pg_catalog.substr(k.setting, 13) AS path
             FROM pg_catalog.pg_db_role_setting o
             JOIN pg_catalog.pg_database b ON b.datname = pg_catalog.current_database() AND o.setdatabase IN (0, b.oid)
             CROSS JOIN LATERAL pg_catalog.unnest(o.setconfig) AS k (setting)
             WHERE pg_catalog.lower(k.setting) LIKE 'search\_path=_%pg\_catalog%'
             UNION ALL
             -- Where neither this database nor a role in it gave it that, the server's configuration did.
             SELECT 'ALTER SYSTEM', s.path
             FROM began s
             WHERE pg_catalog.lower(s.path) LIKE '_%pg\_catalog%'
               AND NOT EXISTS (
                 SELECT FROM pg_catalog.pg_db_role_setting o
                 JOIN pg_catalog.pg_database b ON b.datname = pg_catalog.current_database() AND o.setdatabase IN (0, b.oid)
                 WHERE 'search_path=' || s.path = ANY (o.setconfig))) AS t),
         'schemas', (
           SELECT COALESCE(json_object_agg(e.schema, json_build_object(
                    'open', COALESCE(pg_catalog.has_schema_privilege(0::oid, e.oid, 'CREATE'), false),
                    'names', (
                      SELECT COALESCE(json_agg(x.name ORDER BY x.name COLLATE "C"), '[]')
                      FROM (
                        SELECT p.proname || '()' FROM pg_catalog.pg_proc p
                        WHERE p.pronamespace = e.oid
                          AND EXISTS (SELECT FROM pg_catalog.pg_proc i WHERE i.proname = p.proname AND i.pronamespace = 'pg_catalog'::regnamespace)
                        UNION
                        SELECT o.oprname::text FROM pg_catalog.pg_operator o
                        WHERE o.oprnamespace = e.oid
                          AND EXISTS (SELECT FROM pg_catalog.pg_operator i WHERE i.oprname = o.oprname AND i.oprnamespace = 'pg_catalog'::regnamespace)
                        UNION
                        SELECT y.typname::text FROM pg_catalog.pg_type y
                        WHERE y.typnamespace = e.oid
                          AND EXISTS (SELECT FROM pg_catalog.pg_type i WHERE i.typname = y.typname AND i.typnamespace = 'pg_catalog'::regnamespace)) AS x (name)))), '{}')
           FROM (
             SELECT DISTINCT v.nspname AS schema, v.oid
             FROM (
               SELECT 'search_path=' || s.path FROM began s
               UNION
               SELECT k.setting FROM pg_catalog.pg_db_role_setting r CROSS JOIN LATERAL pg_catalog.unnest(r.setconfig) AS k (setting)
               UNION
               SELECT k.setting
               FROM pg_catalog.pg_trigger g
               JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid AND p.proconfig IS NOT NULL
               CROSS JOIN LATERAL pg_catalog.unnest(p.proconfig) AS k (setting)
               WHERE NOT g.tgisinternal
               UNION
               SELECT k.setting
               FROM pg_catalog.pg_event_trigger g
               JOIN pg_catalog.pg_proc p ON p.oid = g.evtfoid AND p.proconfig IS NOT NULL
               CROSS JOIN LATERAL pg_catalog.unnest(p.proconfig) AS k (setting)) AS q (setting)
             CROSS JOIN LATERAL pg_catalog.regexp_matches(
               pg_catalog.substr(q.setting, 13), '"((?:[^"]|"")*)"|([^",[:space:]]+)', 'g') AS m (part)
             JOIN pg_catalog.pg_namespace v
               ON v.nspname = COALESCE(pg_catalog.replace(m.part[1], '""', '"'), pg_catalog.lower(m.part[2]))
             WHERE pg_catalog.lower(q.setting) LIKE 'search\_path=_%pg\_catalog%') AS e))
