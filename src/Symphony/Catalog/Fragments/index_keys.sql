-- The keys of the index i, in order; a WHERE that leaves out the columns it only carries along may follow.
-- Looked up one by one: a key has few columns, and a join would read the whole of pg_collation for each index.
SELECT json_agg(
         json_build_object(
           'column', (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum <> 0),
           'expression', CASE WHEN k.attnum = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.position::integer, false) END,
           'collation', CASE WHEN k.coll <> 0 AND k.coll <> COALESCE(
               (SELECT a.attcollation FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum <> 0), 100)
             THEN (
             SELECT CASE WHEN con.nspname = 'pg_catalog' THEN '' ELSE con.nspname || '.' END || co.collname
             FROM pg_catalog.pg_collation co
             JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace
             WHERE co.oid = k.coll) END,
           'opclass', CASE WHEN k.opclass IN (
             SELECT oc.oid FROM pg_catalog.pg_opclass oc
             WHERE NOT oc.opcdefault OR
               -- include own_opclass
           ) THEN (
             SELECT CASE WHEN ocn.nspname = 'pg_catalog' THEN '' ELSE ocn.nspname || '.' END || oc.opcname
             FROM pg_catalog.pg_opclass oc
             JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
             WHERE oc.oid = k.opclass) END,
           'desc', k.option & 1 = 1,
           'nulls_first', k.option & 2 = 2)
         ORDER BY k.position)
FROM unnest(i.indkey::int2[], i.indclass::oid[], i.indcollation::oid[], i.indoption::int2[])
     WITH ORDINALITY AS k (attnum, opclass, coll, option, position)
