-- What of the functions that do the work of the aggregate ag is not as CREATE FUNCTION makes it. A built-in one, which has
-- an OID below 16384 (PostgreSQL manual, "System Catalog Initial Data"), is what it is called.
SELECT pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname)
       || '(' || pg_catalog.pg_get_function_identity_arguments(f.oid) || ') ' || x.attribute
-- include aggregate_functions
CROSS JOIN LATERAL pg_catalog.unnest(
  -- include function_attributes
) WITH ORDINALITY AS x (attribute, ordinal)
WHERE f.oid >= 16384
ORDER BY w.place, x.ordinal
