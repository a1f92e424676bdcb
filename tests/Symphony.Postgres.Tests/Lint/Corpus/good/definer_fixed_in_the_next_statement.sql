CREATE FUNCTION count_customers() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$ SELECT count(*) FROM public.customer $$;
ALTER FUNCTION count_customers() SET search_path = pg_catalog;
