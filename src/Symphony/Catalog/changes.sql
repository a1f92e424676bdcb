-- Changes with every committed change of a definition: the transactions that wrote the catalog's rows, added up.
-- Statistics are written in place and do not count; nor do the settings of databases and roles, which are read by their
-- rows alone; temporary tables come and go in other sessions, and are left out.
WITH temporary AS (
  SELECT COALESCE(array_agg(oid), '{}') AS tables FROM pg_catalog.pg_class WHERE relpersistence = 't'
), written (by) AS (
  SELECT xmin FROM pg_catalog.pg_class WHERE relpersistence <> 't'
  UNION ALL SELECT xmin FROM pg_catalog.pg_attribute WHERE attrelid >= 16384 AND attrelid <> ALL ((SELECT tables FROM temporary)::oid[])
  UNION ALL SELECT xmin FROM pg_catalog.pg_attrdef WHERE adrelid <> ALL ((SELECT tables FROM temporary)::oid[])
  UNION ALL SELECT xmin FROM pg_catalog.pg_constraint WHERE conrelid <> ALL ((SELECT tables FROM temporary)::oid[])
  UNION ALL SELECT xmin FROM pg_catalog.pg_index WHERE indrelid <> ALL ((SELECT tables FROM temporary)::oid[])
  UNION ALL SELECT xmin FROM pg_catalog.pg_trigger WHERE tgrelid <> ALL ((SELECT tables FROM temporary)::oid[])
  UNION ALL SELECT xmin FROM pg_catalog.pg_inherits WHERE inhrelid <> ALL ((SELECT tables FROM temporary)::oid[])
  UNION ALL SELECT xmin FROM pg_catalog.pg_sequence WHERE seqrelid <> ALL ((SELECT tables FROM temporary)::oid[])
  UNION ALL SELECT xmin FROM pg_catalog.pg_rewrite
  UNION ALL SELECT xmin FROM pg_catalog.pg_policy
  UNION ALL SELECT xmin FROM pg_catalog.pg_proc WHERE oid >= 16384
  UNION ALL SELECT xmin FROM pg_catalog.pg_operator WHERE oid >= 16384
  UNION ALL SELECT xmin FROM pg_catalog.pg_cast
  UNION ALL SELECT xmin FROM pg_catalog.pg_enum
  UNION ALL SELECT xmin FROM pg_catalog.pg_type WHERE oid >= 16384 AND typrelid = 0 AND typelem = 0
  UNION ALL SELECT xmin FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
  UNION ALL SELECT xmin FROM pg_catalog.pg_extension
  UNION ALL SELECT xmin FROM pg_catalog.pg_event_trigger
  UNION ALL SELECT xmin FROM pg_catalog.pg_publication
  UNION ALL SELECT xmin FROM pg_catalog.pg_publication_rel
  UNION ALL SELECT xmin FROM pg_catalog.pg_publication_namespace -- 15+
  UNION ALL SELECT xmin FROM pg_catalog.pg_default_acl
  UNION ALL SELECT xmin FROM pg_catalog.pg_auth_members
  UNION ALL SELECT xmin FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
)
SELECT pg_catalog.concat_ws(':', count(*), sum(pg_catalog.hashtext(by::text))) FROM written
