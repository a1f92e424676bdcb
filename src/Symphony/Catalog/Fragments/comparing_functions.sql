-- The functions by which the index i compares, of operator classes that were made here; what an extension made is its own
-- affair. usual are those that a built-in class has in the same place: they do no harm, and are in the place of others.
SELECT json_build_object(
         'usual', COALESCE(json_agg(f.oid::pg_catalog.regprocedure::text ORDER BY f.oid::pg_catalog.regprocedure::text COLLATE "C") FILTER (WHERE su.is_usual), '[]'),
         'others', COALESCE(json_agg(
           -- include called_function
           ORDER BY fn.nspname COLLATE "C", f.proname COLLATE "C", pg_catalog.pg_get_function_identity_arguments(f.oid) COLLATE "C")
           FILTER (WHERE NOT su.is_usual), '[]'))
FROM (
  SELECT DISTINCT p.amproc::oid AS function, p.amproc < 16384 AND EXISTS (
           SELECT FROM pg_catalog.pg_amproc b
           WHERE b.oid < 16384 AND b.amproc = p.amproc AND b.amprocnum = p.amprocnum) AS is_usual
  FROM pg_catalog.pg_opclass oc
  JOIN pg_catalog.pg_amproc p ON p.amprocfamily = oc.opcfamily
  WHERE oc.oid = ANY (i.indclass::oid[]) AND oc.oid >= 16384
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend od
      WHERE od.classid = 'pg_catalog.pg_opclass'::regclass AND od.objid = oc.oid AND od.deptype = 'e')) AS su
JOIN pg_catalog.pg_proc f ON f.oid = su.function
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
LEFT JOIN pg_catalog.pg_aggregate ag ON ag.aggfnoid = f.oid
CROSS JOIN (SELECT 0::oid, false) AS called (operator, negates)
