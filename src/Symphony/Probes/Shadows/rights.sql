-- What a role may not do that the maker of shadows may do to all of them. In: the role; the tables' schemas and names; the
-- functions, with their argument types; the commands. Out: one JSON document; none where there is no such role.
WITH tables AS (
  SELECT c.oid, c.relnamespace, c.relowner, c.relrowsecurity, c.relforcerowsecurity, k.command,
         pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS name
  FROM pg_catalog.unnest($2::pg_catalog.text[]) WITH ORDINALITY AS schemas (value, place)
  JOIN pg_catalog.unnest($3::pg_catalog.text[]) WITH ORDINALITY AS names (value, place) USING (place)
  JOIN pg_catalog.pg_namespace n ON n.nspname = schemas.value
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = names.value AND c.relkind IN ('r', 'p')
  CROSS JOIN pg_catalog.unnest($5::pg_catalog.text[]) AS k (command)
),
functions AS (
  SELECT p.oid, p.pronamespace, p.prorettype, x.signature
  FROM pg_catalog.unnest($4::pg_catalog.text[]) AS x (signature)
  JOIN pg_catalog.pg_namespace n ON n.nspname NOT IN ('pg_catalog', 'information_schema')
  JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid
    AND pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)) = x.signature
)
SELECT pg_catalog.jsonb_build_object(
  'is_prober', r.rolname = current_user,
  'lacks', COALESCE((
    SELECT pg_catalog.jsonb_agg(x.what ORDER BY x.what COLLATE "C")
    FROM (
      SELECT t.command || ' on ' || t.name
      FROM tables t
      WHERE NOT pg_catalog.has_table_privilege(r.oid, t.oid, t.command)
      UNION
      SELECT 'USAGE on schema ' || pg_catalog.quote_ident(n.nspname)
      FROM pg_catalog.pg_namespace n
      WHERE n.oid IN (SELECT t.relnamespace FROM tables t UNION SELECT f.pronamespace FROM functions f)
        AND NOT pg_catalog.has_schema_privilege(r.oid, n.oid, 'USAGE')
      UNION
      SELECT 'the right to see every row of ' || t.name
      FROM tables t
      WHERE t.relrowsecurity AND NOT r.rolsuper AND NOT r.rolbypassrls
        AND (t.relforcerowsecurity OR NOT pg_catalog.pg_has_role(r.oid, t.relowner, 'USAGE'))
      UNION
      SELECT 'EXECUTE on ' || f.signature
      FROM functions f
      -- Who fires a trigger needs no right to its function.
      WHERE f.prorettype <> 'pg_catalog.trigger'::regtype AND NOT pg_catalog.has_function_privilege(r.oid, f.oid, 'EXECUTE')
      UNION
      -- Defaults take their numbers from the real sequences; those of identity columns ask for no right.
      SELECT 'USAGE on sequence ' || dep.refobjid::regclass::text
      FROM tables t
      JOIN pg_catalog.pg_attrdef d ON d.adrelid = t.oid AND t.command = 'INSERT'
      JOIN pg_catalog.pg_depend dep ON dep.classid = 'pg_catalog.pg_attrdef'::regclass AND dep.objid = d.oid
        AND dep.refclassid = 'pg_catalog.pg_class'::regclass
      JOIN pg_catalog.pg_class s ON s.oid = dep.refobjid
      -- In this order: of what is no sequence the question would be an error.
      WHERE CASE WHEN s.relkind = 'S' THEN NOT pg_catalog.has_sequence_privilege(r.oid, s.oid, 'USAGE, UPDATE') ELSE false END) AS x (what)), '[]')
)::pg_catalog.text
FROM pg_catalog.pg_roles r
WHERE r.rolname = $1::pg_catalog.text
