-- The functions that are not built in and that an object's expressions call, also by way of operators.
-- The WHERE that follows names the object: dep.classid and dep.objid.
SELECT COALESCE(json_agg(
         json_build_object(
           'name', pg_catalog.quote_ident(pn.nspname) || '.' || pg_catalog.quote_ident(p.proname)
                   || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
           'language', (SELECT pl.lanname FROM pg_catalog.pg_language pl WHERE pl.oid = p.prolang),
           'body', CASE WHEN p.prokind = 'a' THEN (
             -- include aggregate_body
           ) ELSE COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) END)
         ORDER BY pn.nspname COLLATE "C", p.proname COLLATE "C", pg_catalog.pg_get_function_identity_arguments(p.oid) COLLATE "C"), '[]')
FROM pg_catalog.pg_depend dep
LEFT JOIN pg_catalog.pg_operator o ON dep.refclassid = 'pg_catalog.pg_operator'::regclass AND o.oid = dep.refobjid
JOIN pg_catalog.pg_proc p
  ON p.oid = CASE WHEN dep.refclassid = 'pg_catalog.pg_proc'::regclass THEN dep.refobjid ELSE o.oprcode END
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace
