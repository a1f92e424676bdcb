-- The functions that are not built in and that an object's expressions call, also by way of operators.
-- The WHERE that follows names the object: dep.classid and dep.objid.
SELECT COALESCE(json_agg(
         -- include called_function
         ORDER BY fn.nspname COLLATE "C", f.proname COLLATE "C", pg_catalog.pg_get_function_identity_arguments(f.oid) COLLATE "C", called.negates, called.operator::regoperator::text COLLATE "C"), '[]')
FROM pg_catalog.pg_depend dep
LEFT JOIN pg_catalog.pg_operator o ON dep.refclassid = 'pg_catalog.pg_operator'::regclass AND o.oid = dep.refobjid
-- Where an expression says NOT, the planner may ask the operator's negator in its place, as negate_clause() has it.
LEFT JOIN pg_catalog.pg_operator negator ON negator.oid = o.oprnegate AND NOT EXISTS (
  SELECT FROM pg_catalog.pg_operator b
  JOIN pg_catalog.pg_operator bn ON bn.oid = b.oprnegate
  WHERE b.oid < 16384 AND b.oprcode = o.oprcode AND bn.oprcode = negator.oprcode)
-- A condition of a query, which a policy's and a view's become, it takes for what the operator's commutator says with the
-- sides changed, as operator_predicate_proof() has it: a partial index on that gives its rows, and nothing is asked again.
LEFT JOIN pg_catalog.pg_operator commutator ON commutator.oid = o.oprcom AND commutator.oprcode <> o.oprcode
  AND dep.classid IN ('pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_rewrite'::regclass)
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_operator b
    JOIN pg_catalog.pg_operator bc ON bc.oid = b.oprcom
    WHERE b.oid < 16384 AND b.oprcode = o.oprcode AND bc.oprcode = commutator.oprcode)
  -- What an extension made is its own affair.
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend od
    WHERE od.classid = 'pg_catalog.pg_operator'::regclass AND od.objid = o.oid AND od.deptype = 'e')
CROSS JOIN LATERAL (
  VALUES (CASE WHEN dep.refclassid = 'pg_catalog.pg_proc'::regclass THEN dep.refobjid ELSE o.oprcode END, o.oid, false),
         (negator.oprcode::oid, negator.oid, true),
         (commutator.oprcode::oid, commutator.oid, false)) AS called (function, operator, negates)
-- Columns are most of what an expression depends on: they are passed over before anything is looked up for them.
JOIN pg_catalog.pg_proc f ON f.oid = called.function
  AND dep.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
LEFT JOIN pg_catalog.pg_aggregate ag ON ag.aggfnoid = f.oid
