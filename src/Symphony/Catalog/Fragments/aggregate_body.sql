-- What the aggregate p does: it has no body, but functions that do its work, and where they begin.
SELECT pg_catalog.concat_ws(
         E'\n', ag.aggkind, ag.aggfinalextra, pg_catalog.format_type(ag.aggtranstype, NULL),
         pg_catalog.quote_nullable(ag.agginitval), pg_catalog.quote_nullable(ag.aggminitval), (
           SELECT pg_catalog.string_agg(
                    pg_catalog.concat_ws(E'\n', w.place, wn.nspname, wf.proname, COALESCE(pg_catalog.pg_get_function_sqlbody(wf.oid), wf.prosrc)),
                    E'\n' ORDER BY w.place)
           FROM (
             VALUES (1, ag.aggtransfn), (2, ag.aggfinalfn), (3, ag.aggcombinefn), (4, ag.aggserialfn), (5, ag.aggdeserialfn),
                    (6, ag.aggmtransfn), (7, ag.aggminvtransfn), (8, ag.aggmfinalfn)) AS w (place, function)
           JOIN pg_catalog.pg_proc wf ON wf.oid = w.function
           JOIN pg_catalog.pg_namespace wn ON wn.oid = wf.pronamespace))
FROM pg_catalog.pg_aggregate ag
WHERE ag.aggfnoid = p.oid
