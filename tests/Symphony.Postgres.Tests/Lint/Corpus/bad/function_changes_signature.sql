-- expect: drop-function
DROP FUNCTION total(bigint);
CREATE FUNCTION total(bigint, boolean) RETURNS numeric LANGUAGE sql AS $$ SELECT 0.0 $$;
