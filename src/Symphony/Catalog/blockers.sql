-- Who holds a lock that excludes readers, in words; NULL when nobody does any more.
SELECT pg_catalog.string_agg(holder, '; ' ORDER BY holder COLLATE "C")
FROM (
  SELECT pg_catalog.format(
           '%s.%s is locked by process %s (application %s, role %s)',
           n.nspname, c.relname, l.pid,
           COALESCE(NULLIF(a.application_name, ''), 'without a name'), COALESCE(a.usename, 'unknown')) AS holder
  FROM pg_catalog.pg_locks l
  JOIN pg_catalog.pg_class c ON c.oid = l.relation AND c.relpersistence <> 't'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
  WHERE l.granted AND l.mode = 'AccessExclusiveLock' AND l.locktype = 'relation' AND c.relkind NOT IN ('i', 'I', 't')
    AND l.database IN (0, (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()))
    AND l.pid <> pg_catalog.pg_backend_pid()
  ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", l.pid
  LIMIT 3
) AS held
