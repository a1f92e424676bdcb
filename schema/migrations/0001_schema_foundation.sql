-- What every later migration stands on: one source of keys, and a schema that only its owner adds to.

-- Keys sort by the time they were made where the server can do that (18 and later), and are random elsewhere.
-- The server is asked at each call: the function's text is the same on every version, and a server upgraded in
-- place makes sortable keys from then on. PL/pgSQL resolves uuidv7() only when that line is reached.
CREATE FUNCTION public.uuid_v7_or_random() RETURNS uuid
  LANGUAGE plpgsql
  VOLATILE
  PARALLEL SAFE
AS $$
BEGIN
  IF pg_catalog.to_regprocedure('pg_catalog.uuidv7()') IS NULL THEN
    RETURN pg_catalog.gen_random_uuid();
  END IF;
  RETURN pg_catalog.uuidv7();
END
$$;

-- Up to PostgreSQL 14 any role may create objects in public, and so stand in front of a table or a function.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- A REVOKE by a role that did not give the privilege is a warning and changes nothing.
DO $$
BEGIN
  IF pg_catalog.has_schema_privilege('public', 'public', 'CREATE') THEN
    RAISE EXCEPTION 'PUBLIC can still create objects in schema public'
      USING ERRCODE = 'insufficient_privilege', HINT = 'Migrate as the owner of schema public.';
  END IF;
END
$$;
