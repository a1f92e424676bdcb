-- The functions that are not built in and that an object's expressions call, also by way of operators.
-- The WHERE that follows names the object: dep.classid and dep.objid.
SELECT COALESCE(json_agg(
         -- include called_function
         ORDER BY fn.nspname COLLATE "C", f.proname COLLATE "C", pg_catalog.pg_get_function_identity_arguments(f.oid) COLLATE "C", called.negates), '[]')
FROM pg_catalog.pg_depend dep
LEFT JOIN pg_catalog.pg_operator o ON dep.refclassid = 'pg_catalog.pg_operator'::regclass AND o.oid = dep.refobjid
-- Where an expression says NOT, the planner may ask the operator's negator in its place, as negate_clause() has it.
LEFT JOIN pg_catalog.pg_operator negator ON negator.oid = o.oprnegate
CROSS JOIN LATERAL (
  VALUES (CASE WHEN dep.refclassid = 'pg_catalog.pg_proc'::regclass THEN dep.refobjid ELSE o.oprcode END, false),
         (CASE WHEN negator.oprcode >= 16384 THEN negator.oprcode END, true)) AS called (function, negates)
-- Columns are most of what an expression depends on: they are passed over before anything is looked up for them.
JOIN pg_catalog.pg_proc f ON f.oid = called.function
  AND dep.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
LEFT JOIN pg_catalog.pg_aggregate ag ON ag.aggfnoid = f.oid
