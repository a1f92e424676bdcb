-- The constraint con, and those that partitions on either side have by it: f is the referenced table.
SELECT con.oid
UNION ALL
SELECT k.oid FROM family m JOIN pg_catalog.pg_constraint k ON k.conparentid = m.id WHERE 'p' IN (c.relkind, f.relkind)
