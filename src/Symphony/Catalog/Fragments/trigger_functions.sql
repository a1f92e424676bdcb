-- Triggers with their functions. The WHERE that follows chooses them: g is pg_trigger.
FROM pg_catalog.pg_trigger g
JOIN pg_catalog.pg_proc f ON f.oid = g.tgfoid
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = f.prolang
