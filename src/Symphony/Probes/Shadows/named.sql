-- Of names that stand in a text, those of tables, of functions whose body is a text itself, and of those that run with
-- their caller's rights and whose body is none: theirs was resolved when it was made, or is in another language. In: the
-- schemas, empty where a name has none; the names; the schemas in which such a name is looked for. Out: one JSON document.
WITH named AS MATERIALIZED (
  SELECT DISTINCT CASE WHEN x.schema_name = '' THEN path.schema_name ELSE x.schema_name END AS schema_name, x.name
  FROM (
    SELECT schemas.value AS schema_name, names.value AS name
    FROM pg_catalog.unnest($1::pg_catalog.text[]) WITH ORDINALITY AS schemas (value, place)
    JOIN pg_catalog.unnest($2::pg_catalog.text[]) WITH ORDINALITY AS names (value, place) USING (place)) AS x
  LEFT JOIN pg_catalog.unnest($3::pg_catalog.text[]) AS path (schema_name) ON x.schema_name = ''
)
SELECT pg_catalog.jsonb_build_object(
  'tables', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('schema', n.nspname, 'name', c.relname)
             ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C")
    FROM named
    JOIN pg_catalog.pg_namespace n ON n.nspname = named.schema_name
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = named.name AND c.relkind IN ('r', 'p')
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')), '[]'),
  'functions', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
             'schema', n.nspname,
             'name', p.proname,
             'signature', pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
             'definition', pg_catalog.pg_get_functiondef(p.oid),
             'runs_as', CASE WHEN p.prosecdef THEN pg_catalog.pg_get_userbyid(p.proowner) END,
             'path', (
               SELECT pg_catalog.substr(setting, 13)
               FROM pg_catalog.unnest(p.proconfig) AS config (setting)
               WHERE setting LIKE 'search_path=%'))
             ORDER BY n.nspname COLLATE "C", p.proname COLLATE "C", pg_catalog.pg_get_function_identity_arguments(p.oid) COLLATE "C")
    FROM named
    JOIN pg_catalog.pg_namespace n ON n.nspname = named.schema_name
    JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = named.name AND p.prokind = 'f' AND p.prosqlbody IS NULL
    JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND l.lanname IN ('plpgsql', 'sql')
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')), '[]'),
  'unread', COALESCE((
    SELECT pg_catalog.jsonb_agg(x.signature ORDER BY x.signature COLLATE "C")
    FROM (
      SELECT pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)) AS signature
      FROM named
      JOIN pg_catalog.pg_namespace n ON n.nspname = named.schema_name
      JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = named.name AND p.prokind IN ('f', 'p') AND NOT p.prosecdef
      JOIN pg_catalog.pg_language l ON l.oid = p.prolang
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
        -- What is in C is an extension's, and touches no table of ours by itself.
        AND (p.prosqlbody IS NOT NULL OR l.lanname NOT IN ('plpgsql', 'sql', 'c', 'internal'))) AS x), '[]')
)::pg_catalog.text
