-- What of the functions that do the work of the aggregate ag is not as CREATE FUNCTION makes it, and of the aggregate as
-- CREATE AGGREGATE does. A built-in function, which has an OID below 16384 (PostgreSQL manual, "System Catalog Initial
-- Data"), is what it is called.
SELECT x.attribute
FROM (
  SELECT w.place, x.ordinal,
         pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname)
         || '(' || pg_catalog.pg_get_function_identity_arguments(f.oid) || ') ' || x.attribute
  -- include aggregate_functions
  CROSS JOIN LATERAL pg_catalog.unnest(
    -- include function_attributes
  ) WITH ORDINALITY AS x (attribute, ordinal)
  -- Those that do not give the result give a state, whose type is part of the body.
  WHERE f.oid >= 16384 AND (w.place IN (2, 8) OR x.attribute NOT LIKE 'RETURNS %')
  UNION ALL
  -- What it gives the planner may read from an index instead, and over a window it may work on another state.
  SELECT 9, u.ordinal, u.attribute
  FROM pg_catalog.unnest(ARRAY[
    (SELECT 'SORTOP ' || pg_catalog.quote_ident(sn.nspname) || '.' || so.oprname
     FROM pg_catalog.pg_operator so
     JOIN pg_catalog.pg_namespace sn ON sn.oid = so.oprnamespace
     WHERE so.oid = ag.aggsortop),
    CASE WHEN ag.aggmtranstype <> 0 AND ag.aggmtranstype <> ag.aggtranstype THEN 'MSTYPE ' || pg_catalog.format_type(ag.aggmtranstype, NULL) END,
    CASE WHEN ag.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
    CASE WHEN ag.aggfinalmodify <> CASE ag.aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN 'FINALFUNC_MODIFY ' || ag.aggfinalmodify::text END,
    CASE WHEN ag.aggmfinalmodify <> CASE ag.aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN 'MFINALFUNC_MODIFY ' || ag.aggmfinalmodify::text END])
    WITH ORDINALITY AS u (attribute, ordinal)
  WHERE u.attribute IS NOT NULL) AS x (place, ordinal, attribute)
ORDER BY x.place, x.ordinal
