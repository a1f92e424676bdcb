-- What the aggregate ag does: it has no body, but functions that do its work, and where they begin.
SELECT pg_catalog.concat_ws(
         E'\n', ag.aggkind, ag.aggfinalextra, pg_catalog.format_type(ag.aggtranstype, NULL),
         pg_catalog.quote_nullable(ag.agginitval), pg_catalog.quote_nullable(ag.aggminitval),
         pg_catalog.string_agg(
           pg_catalog.concat_ws(E'\n', w.place, fn.nspname, f.proname,
             -- include function_body
           ), E'\n' ORDER BY w.place))
-- include aggregate_functions
