-- An event trigger as the catalog holds it. In: (not used), (not used), event trigger.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'event', e.evtevent,
         'enabled', e.evtenabled,
         'tags', COALESCE((SELECT json_agg(x.tag ORDER BY x.tag COLLATE "C") FROM pg_catalog.unnest(e.evttags) AS x (tag)), '[]'),
         -- include trigger_function
         'search_paths', (
           -- include search_paths
         ),
         'sessions_without_triggers', (
           -- include sessions_without_triggers
         ),
         'sessions_without_event_triggers', (
           SELECT COALESCE(json_agg(x.command ORDER BY x.command COLLATE "C"), '[]')
           FROM (
             SELECT
               -- include setting_command
               AS command
             FROM pg_catalog.pg_db_role_setting o
             JOIN pg_catalog.pg_database b ON b.datname = pg_catalog.current_database()
             WHERE o.setdatabase IN (0, b.oid)
               AND EXISTS (SELECT FROM pg_catalog.unnest(o.setconfig) AS c (line) WHERE c.line ~* '^event_triggers=\s*(of|off|f|fa|fal|fals|false|n|no|0)\s*$')
             UNION ALL
             SELECT 'ALTER SYSTEM'
             WHERE pg_catalog.current_setting('event_triggers', true) = 'off'
               AND EXISTS (
                 SELECT FROM pg_catalog.pg_settings st
                 WHERE st.name = 'event_triggers' AND st.reset_val = 'off'
                   AND st.source IN ('configuration file', 'command line', 'environment variable'))) AS x)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_event_trigger e ON e.evtname = s.name
JOIN pg_catalog.pg_proc f ON f.oid = e.evtfoid
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = f.prolang
