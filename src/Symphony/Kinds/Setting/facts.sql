-- A setting as new sessions of this database take it: what is assigned where it is claimed, and what is assigned more
-- specifically (PostgreSQL manual, "ALTER ROLE"): server < all roles < database < role < role in database.
-- In: scope and role ("database", "server", "role NAME", "role_in_database NAME"), (not used), setting.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
WITH assigned AS (
  -- A name may be there in several spellings, which are one to the server: it takes the last.
  SELECT DISTINCT ON (r.setrole, r.setdatabase, pg_catalog.lower(pg_catalog.split_part(x.line, '=', 1)))
         r.setrole AS role,
         pg_catalog.lower(pg_catalog.split_part(x.line, '=', 1)) AS name,
         pg_catalog.substr(x.line, pg_catalog.strpos(x.line, '=') + 1) AS value,
         CASE WHEN r.setrole = 0 THEN CASE WHEN r.setdatabase = 0 THEN 1 ELSE 2 END
              ELSE CASE WHEN r.setdatabase = 0 THEN 3 ELSE 4 END END AS level,
         CASE WHEN r.setrole = 0 AND r.setdatabase = 0 THEN 'ALTER ROLE ALL'
              WHEN r.setrole = 0 THEN 'ALTER DATABASE ' || pg_catalog.quote_ident(b.datname)
              ELSE 'ALTER ROLE ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(r.setrole))
                   || CASE WHEN r.setdatabase = 0 THEN '' ELSE ' IN DATABASE ' || pg_catalog.quote_ident(b.datname) END
         END AS command,
         COALESCE((SELECT ro.rolname FROM pg_catalog.pg_roles ro WHERE ro.oid = r.setrole AND ro.rolcanlogin)::text, '') AS login,
         r.setrole = 0 OR EXISTS (SELECT FROM pg_catalog.pg_roles ro WHERE ro.oid = r.setrole AND ro.rolcanlogin) AS taken
  FROM pg_catalog.pg_db_role_setting r
  JOIN pg_catalog.pg_database b ON b.datname = pg_catalog.current_database() AND r.setdatabase IN (0, b.oid)
  CROSS JOIN LATERAL pg_catalog.unnest(r.setconfig) WITH ORDINALITY AS x (line, place)
  ORDER BY r.setrole, r.setdatabase, pg_catalog.lower(pg_catalog.split_part(x.line, '=', 1)), x.place DESC
)
SELECT s.subject::integer AS subject,
       json_build_object(
         'database', pg_catalog.current_database(),
         'type', st.vartype,
         'unit', st.unit,
         'choices', COALESCE(pg_catalog.to_json(st.enumvals), '[]'),
         'context', st.context,
         'role_exists', w.scope IN ('database', 'server') OR ro.oid IS NOT NULL,
         'can_login', w.scope IN ('database', 'server') OR COALESCE(ro.rolcanlogin, false),
         'server_source', st.source,
         'server_value', CASE
           WHEN st.source IN ('default', 'environment variable', 'configuration file', 'command line', 'override') THEN st.reset_val
           -- These the verifier's transaction sets itself, and keeps what its client was given from the session.
           WHEN st.source = 'session' AND st.name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
             AND NOT EXISTS (
               SELECT FROM assigned a
               WHERE a.name = st.name AND a.role IN (0, (SELECT me.oid FROM pg_catalog.pg_roles me WHERE me.rolname = SESSION_USER)))
             THEN st.reset_val END,
         'assigned', (
           SELECT a.value
           FROM assigned a
           WHERE a.name = pg_catalog.lower(s.name) AND a.level = w.level AND a.role = COALESCE(ro.oid, 0)),
         'overrides', (
           SELECT COALESCE(json_agg(
                    json_build_object('command', a.command, 'role', a.login, 'value', a.value)
                    ORDER BY a.command COLLATE "C"), '[]')
           FROM assigned a
           WHERE a.name = pg_catalog.lower(s.name) AND a.level > w.level AND a.taken
             AND (w.level < 3 OR a.role = ro.oid))) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (scope_and_role, relation_name, name, subject)
CROSS JOIN LATERAL (
  SELECT pg_catalog.split_part(s.scope_and_role, ' ', 1) AS scope,
         CASE WHEN pg_catalog.strpos(s.scope_and_role, ' ') > 0 THEN pg_catalog.substr(s.scope_and_role, pg_catalog.strpos(s.scope_and_role, ' ') + 1) END AS role,
         CASE pg_catalog.split_part(s.scope_and_role, ' ', 1) WHEN 'server' THEN 0 WHEN 'database' THEN 2 WHEN 'role' THEN 3 ELSE 4 END AS level) AS w
LEFT JOIN pg_catalog.pg_roles ro ON ro.rolname = w.role
LEFT JOIN pg_catalog.pg_settings st ON pg_catalog.lower(st.name) = pg_catalog.lower(s.name)
