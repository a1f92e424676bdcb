-- expect: definer-search-path
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = pg_temp, public AS $$ SELECT 1 $$;
