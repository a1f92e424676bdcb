-- The rows of a migration ledger, in the order in which they were applied, and what sort of relation holds them.
SELECT 1 AS subject,
       json_build_object(
         'relation_kind', (SELECT c.relkind FROM pg_catalog.pg_class c WHERE c.oid = {name}::pg_catalog.regclass),
         'applied', COALESCE(
           json_agg(
             json_build_object('version', l.version::text, 'checksum', l.checksum::text)
             ORDER BY l.applied_at, l.version::text COLLATE "C"),
           '[]')) AS fact
FROM {table} AS l
