-- Members, each with its comma, of the fact of a unique constraint or primary key con of the table c, whose index is i.
-- include index_constraint
'constraint', con.conname,
'columns', (
  SELECT json_agg(a.attname ORDER BY k.position)
  FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
  WHERE k.position <= i.indnkeyatts),
'unique', i.indisunique,
'own_operator_classes', (
  -- include own_opclasses
),
'without_overlaps', con.conperiod, -- 18+
'without_overlaps', false, -- before 18
'partitions_without', CASE WHEN c.relhassubclass AND c.relkind = 'p' THEN (
  -- include partitions
  WHERE NOT r.relhasindex OR NOT EXISTS (
    SELECT FROM attached a
    JOIN pg_catalog.pg_index ri ON ri.indexrelid = a.index
    WHERE ri.indrelid = r.oid AND ri.indisvalid AND ri.indisready AND ri.indislive AND ri.indisunique
      AND ri.indimmediate = i.indimmediate
      AND (i.indimmediate OR r.relkind = 'p' OR (r.relhastriggers AND EXISTS (
        SELECT FROM pg_catalog.pg_constraint rc
        JOIN pg_catalog.pg_trigger g ON g.tgconstraint = rc.oid AND g.tgrelid = r.oid AND g.tgenabled IN ('O', 'A')
        WHERE rc.conrelid = r.oid AND rc.conindid = ri.indexrelid AND rc.contype = con.contype))))) ELSE '[]' END,
