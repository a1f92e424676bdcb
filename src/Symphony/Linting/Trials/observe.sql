-- One row for each thing that can be seen of this transaction: what, about which relation, and the numbers of it.
SELECT 'lock' AS what, held.relation AS oid, held.mode AS text, NULL::bigint[] AS numbers, NULL::text AS identity
  FROM pg_catalog.pg_locks AS held
 WHERE held.pid = pg_catalog.pg_backend_pid() AND held.locktype = 'relation' AND held.granted
   AND held.database = (SELECT base.oid FROM pg_catalog.pg_database AS base
                         WHERE base.datname = pg_catalog.current_database())
UNION ALL
SELECT 'work', stat.relid, NULL,
       ARRAY[stat.n_tup_ins, stat.n_tup_upd, stat.n_tup_del, coalesce(stat.seq_scan, 0), coalesce(stat.idx_scan, 0)], NULL
  FROM pg_catalog.pg_stat_xact_user_tables AS stat
 WHERE stat.schemaname <> 'symphony_lint'
   AND stat.n_tup_ins + stat.n_tup_upd + stat.n_tup_del + coalesce(stat.seq_scan, 0) + coalesce(stat.idx_scan, 0) > 0
UNION ALL
SELECT event.kind, event.oid, event.class, NULL, event.identity FROM symphony_lint.event AS event
UNION ALL
SELECT 'lock_timeout', NULL, NULL, ARRAY[setting.setting::bigint], NULL
  FROM pg_catalog.pg_settings AS setting WHERE setting.name = 'lock_timeout'
