-- held fires as the trigger g does: at the same time, put off or not, for the same events, columns and rows, with the same
-- arguments and transition tables.
held.tgname = g.tgname AND held.tgfoid = g.tgfoid AND held.tgtype = g.tgtype AND held.tgenabled IN ('O', 'A') AND held.tgargs = g.tgargs
AND held.tgdeferrable = g.tgdeferrable AND held.tginitdeferred = g.tginitdeferred
AND held.tgoldtable IS NOT DISTINCT FROM g.tgoldtable AND held.tgnewtable IS NOT DISTINCT FROM g.tgnewtable
AND (held.tgqual IS NULL) = (g.tgqual IS NULL)
AND (g.tgqual IS NULL
     OR pg_catalog.substring(pg_catalog.pg_get_triggerdef(held.oid), ' WHEN \((.*)\) EXECUTE (?:FUNCTION|PROCEDURE) ')
        = pg_catalog.substring(pg_catalog.pg_get_triggerdef(g.oid), ' WHEN \((.*)\) EXECUTE (?:FUNCTION|PROCEDURE) '))
AND ARRAY(SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = held.tgrelid AND a.attnum = ANY (held.tgattr::int2[]) ORDER BY 1)
  = ARRAY(SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = g.tgrelid AND a.attnum = ANY (g.tgattr::int2[]) ORDER BY 1)
