-- Whether there is a migration ledger that can be read without running anybody's code: an ordinary table without row
-- security, its columns of built-in types, and the role may read it.
SELECT EXISTS (
  SELECT FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relname = 'schema_migrations' AND c.relkind = 'r' AND NOT c.relrowsecurity
    AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
    AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
    AND 2 = (
      SELECT count(*) FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = c.oid AND a.attname IN ('version', 'checksum') AND NOT a.attisdropped
        AND a.atttypid IN ('text'::pg_catalog.regtype, 'character varying'::pg_catalog.regtype)))
