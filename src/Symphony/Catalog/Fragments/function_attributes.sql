-- What of the function f, beside its body, is not as CREATE FUNCTION makes it by itself and decides what a call gives,
-- in SQL's words; an array. STRICT means nothing where there are no arguments, and so nothing for a trigger's function.
(pg_catalog.array_remove(ARRAY[
   CASE f.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' END,
   CASE WHEN f.proisstrict AND f.pronargs > 0 THEN 'STRICT' END,
   CASE WHEN f.prosecdef THEN 'SECURITY DEFINER' END,
   CASE WHEN f.pronargdefaults > 0 THEN 'arguments (' || pg_catalog.pg_get_function_arguments(f.oid) || ')' END,
   -- The planner may put what it gives in the place of a call; what an extension made is its own affair.
   CASE WHEN f.prosupport <> 0 AND NOT EXISTS (
     SELECT FROM pg_catalog.pg_depend ed
     WHERE ed.classid = 'pg_catalog.pg_proc'::regclass AND ed.objid = f.oid AND ed.deptype = 'e') THEN (
     SELECT 'SUPPORT ' || pg_catalog.quote_ident(sn.nspname) || '.' || pg_catalog.quote_ident(sp.proname)
     FROM pg_catalog.pg_proc sp
     JOIN pg_catalog.pg_namespace sn ON sn.oid = sp.pronamespace
     WHERE sp.oid = f.prosupport) END,
   -- The same body gives a name cut short where it gave a text, a day where it gave a moment. What most functions return
   -- goes without saying: between those an expression's text tells, by its casts and constants. So does what is built in,
   -- and again what an extension made.
   CASE WHEN f.oid >= 16384
     AND (f.proretset OR f.prorettype NOT IN (
       'boolean'::regtype, 'integer'::regtype, 'bigint'::regtype, 'numeric'::regtype, 'text'::regtype, 'varchar'::regtype,
       'uuid'::regtype, 'jsonb'::regtype, 'timestamptz'::regtype, 'void'::regtype, 'trigger'::regtype, 'event_trigger'::regtype))
     AND NOT EXISTS (
       SELECT FROM pg_catalog.pg_depend ed
       WHERE ed.classid = 'pg_catalog.pg_proc'::regclass AND ed.objid = f.oid AND ed.deptype = 'e')
     THEN 'RETURNS ' || pg_catalog.pg_get_function_result(f.oid) END,
   CASE WHEN f.protrftypes IS NOT NULL THEN 'TRANSFORM ' || (
     SELECT pg_catalog.string_agg('FOR TYPE ' || pg_catalog.format_type(y.type, NULL), ', ' ORDER BY y.place)
     FROM pg_catalog.unnest(f.protrftypes) WITH ORDINALITY AS y (type, place)) END], NULL)
 || CASE WHEN f.proconfig IS NULL THEN '{}' ELSE
   ARRAY(SELECT 'SET ' || x FROM pg_catalog.unnest(f.proconfig) AS x ORDER BY x COLLATE "C") END)
