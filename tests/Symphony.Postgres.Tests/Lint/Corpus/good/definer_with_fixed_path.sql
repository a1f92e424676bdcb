CREATE FUNCTION count_customers() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT count(*) FROM public.customer $$;
REVOKE EXECUTE ON FUNCTION count_customers() FROM PUBLIC;
