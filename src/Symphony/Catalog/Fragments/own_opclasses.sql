-- The operator classes of the index i that were made here, for types that have others.
SELECT COALESCE(json_agg(DISTINCT (pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname)) COLLATE "C"), '[]')
FROM pg_catalog.pg_opclass oc
JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
WHERE oc.oid = ANY (i.indclass::oid[]) AND
  -- include own_opclass
