-- Whether a deferrable constraint con of the table c is looked at again: at the transaction's end, by a trigger.
NOT con.condeferrable OR c.relkind = 'p' OR (c.relhastriggers AND EXISTS (
  SELECT FROM pg_catalog.pg_trigger g
  WHERE g.tgconstraint = con.oid AND g.tgrelid = c.oid AND g.tgenabled IN ('O', 'A')
    AND g.tgfoid = 'pg_catalog.unique_key_recheck()'::regprocedure))
