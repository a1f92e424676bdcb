-- The functions and procedures that a rule is about, with the types of their input arguments; not aggregates and
-- window functions, which have no body of their own, and not what an extension owns.
-- In: schema, (not used), pattern for the name, security, left out.
SELECT f.schema, f.sort, f.signature
FROM (
  SELECT n.nspname::text AS schema, CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS sort, p.proname::text AS name,
         -- include function_signature
         AS signature
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid
  WHERE n.nspname = $1::text AND $2::text IS NOT NULL AND p.proname ~ $3::text AND p.prokind IN ('f', 'p')
    AND ($4::text IS NULL OR $4::text = CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END)
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')) AS f
WHERE $5::text IS NULL OR (f.name !~ $5::text AND f.signature !~ $5::text)
ORDER BY f.signature COLLATE "C"
