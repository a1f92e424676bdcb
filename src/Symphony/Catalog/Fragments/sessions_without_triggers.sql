-- The commands that made new sessions skip ordinary triggers; a WHERE about x.role, 0 for everyone, may follow.
SELECT COALESCE(json_agg(x.command ORDER BY x.command COLLATE "C"), '[]') AS commands
FROM (
  SELECT o.setrole AS role,
         -- include setting_command
         AS command
  FROM pg_catalog.pg_db_role_setting o
  JOIN pg_catalog.pg_database b ON b.datname = pg_catalog.current_database()
  WHERE o.setdatabase IN (0, b.oid)
    -- The value is kept as it was written.
    AND EXISTS (
      SELECT FROM pg_catalog.unnest(o.setconfig) AS k (setting)
      WHERE pg_catalog.lower(k.setting) = 'session_replication_role=replica')
  UNION ALL
  -- By the server's configuration or command line; what this very session was given is no other session's.
  SELECT 0, 'ALTER SYSTEM'
  WHERE pg_catalog.current_setting('session_replication_role') = 'replica'
    AND EXISTS (
      SELECT FROM pg_catalog.pg_settings st
      WHERE st.name = 'session_replication_role' AND st.reset_val = 'replica'
        AND st.source IN ('configuration file', 'command line', 'environment variable'))) AS x
