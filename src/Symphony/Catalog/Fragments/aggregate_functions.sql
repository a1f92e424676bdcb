-- The functions that do the work of the aggregate ag: each f, in the schema fn, with its place.
FROM (
  VALUES (1, ag.aggtransfn), (2, ag.aggfinalfn), (3, ag.aggcombinefn), (4, ag.aggserialfn), (5, ag.aggdeserialfn),
         (6, ag.aggmtransfn), (7, ag.aggminvtransfn), (8, ag.aggmfinalfn)) AS w (place, function)
JOIN pg_catalog.pg_proc f ON f.oid = w.function
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
