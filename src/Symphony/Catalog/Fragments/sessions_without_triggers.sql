-- The commands that made new sessions skip ordinary triggers.
SELECT COALESCE(json_agg(x.command ORDER BY x.command COLLATE "C"), '[]') AS commands
FROM (
  SELECT CASE WHEN r.setrole = 0 AND r.setdatabase = 0 THEN 'ALTER ROLE ALL'
              WHEN r.setrole = 0 THEN 'ALTER DATABASE ' || pg_catalog.quote_ident(b.datname)
              ELSE 'ALTER ROLE ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(r.setrole))
                   || CASE WHEN r.setdatabase = 0 THEN '' ELSE ' IN DATABASE ' || pg_catalog.quote_ident(b.datname) END
         END AS command
  FROM pg_catalog.pg_db_role_setting r
  JOIN pg_catalog.pg_database b ON b.datname = pg_catalog.current_database()
  WHERE r.setdatabase IN (0, b.oid)
    -- The value is kept as it was written.
    AND EXISTS (
      SELECT FROM pg_catalog.unnest(r.setconfig) AS k (setting)
      WHERE pg_catalog.lower(k.setting) = 'session_replication_role=replica')
  UNION ALL
  -- By the server's configuration or command line; what this very session was given is no other session's.
  SELECT 'ALTER SYSTEM'
  WHERE pg_catalog.current_setting('session_replication_role') = 'replica'
    AND EXISTS (
      SELECT FROM pg_catalog.pg_settings st
      WHERE st.name = 'session_replication_role' AND st.reset_val = 'replica'
        AND st.source IN ('configuration file', 'command line', 'environment variable'))) AS x
