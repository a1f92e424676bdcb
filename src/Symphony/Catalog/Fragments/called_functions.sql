-- The functions that are not built in and that an object's expressions call, also by way of operators.
-- The WHERE that follows names the object: dep.classid and dep.objid.
SELECT COALESCE(json_agg(
         -- include called_function
         ORDER BY fn.nspname COLLATE "C", f.proname COLLATE "C", pg_catalog.pg_get_function_identity_arguments(f.oid) COLLATE "C"), '[]')
FROM pg_catalog.pg_depend dep
LEFT JOIN pg_catalog.pg_operator o ON dep.refclassid = 'pg_catalog.pg_operator'::regclass AND o.oid = dep.refobjid
JOIN pg_catalog.pg_proc f
  ON f.oid = CASE WHEN dep.refclassid = 'pg_catalog.pg_proc'::regclass THEN dep.refobjid ELSE o.oprcode END
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
LEFT JOIN pg_catalog.pg_aggregate ag ON ag.aggfnoid = f.oid
