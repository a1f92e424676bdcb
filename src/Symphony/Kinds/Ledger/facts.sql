-- The rows of a migration ledger, in the order in which they were applied, and what sort of relation holds them.
SELECT 1 AS subject,
       json_build_object(
         'relation_kind', (SELECT c.relkind FROM pg_catalog.pg_class c WHERE c.oid = {name}::pg_catalog.regclass),
         'unlogged', (
           WITH RECURSIVE tree (relation) AS (
             SELECT {name}::pg_catalog.regclass::pg_catalog.oid
             UNION
             SELECT h.inhrelid FROM tree t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.relation)
           SELECT COALESCE(json_agg(pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(r.relname)
                                     ORDER BY n.nspname COLLATE "C", r.relname COLLATE "C"), '[]')
           FROM tree t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation AND r.relkind = 'r' AND r.relpersistence = 'u'
           JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace),
         'applied', COALESCE(
           json_agg(
             json_build_object('version', l.version::text, 'checksum', l.checksum::text)
             ORDER BY l.applied_at, l.version::text COLLATE "C"),
           '[]')) AS fact
FROM {table} AS l
