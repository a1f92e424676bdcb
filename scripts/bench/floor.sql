-- The floor: the facts that the four kinds read, asked for whole schemas at once, by hand, and printed as they come.
-- Nothing is looked up by name, compared, judged or recorded.
BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL search_path = pg_catalog, pg_temp;

-- column
SELECT n.nspname, c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod), format_type(a.atttypid, -1),
       a.attnotnull, nn.conname, nn.convalidated, nn.connoinherit, a.attidentity, a.attgenerated,
       pg_get_expr(d.adbin, d.adrelid), pg_get_expr(t.typdefaultbin, 0), con.nspname, co.collname, calls.names, children.names
FROM pg_namespace n
JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_collation co ON co.oid = a.attcollation
LEFT JOIN pg_namespace con ON con.oid = co.collnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_constraint nn ON nn.conrelid = c.oid AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum]
LEFT JOIN (
  SELECT e.objid, array_agg(p.oid::regprocedure ORDER BY p.oid::regprocedure::text) AS names
  FROM pg_depend e JOIN pg_proc p ON e.refclassid = 'pg_proc'::regclass AND p.oid = e.refobjid
  WHERE e.classid = 'pg_attrdef'::regclass
  GROUP BY e.objid) calls ON calls.objid = d.oid
LEFT JOIN (
  SELECT i.inhparent, array_agg(k.relname ORDER BY k.relname) AS names
  FROM pg_inherits i JOIN pg_class k ON k.oid = i.inhrelid
  GROUP BY i.inhparent) children ON children.inhparent = c.oid
WHERE n.nspname = 'bench'
ORDER BY n.nspname, c.relname;

-- check
SELECT n.nspname, c.relname, c.relkind, c.relchecks, con.conname, con.convalidated, con.connoinherit,
       pg_get_expr(con.conbin, con.conrelid), calls.names, children.names
FROM pg_namespace n
JOIN pg_class c ON c.relnamespace = n.oid
JOIN pg_constraint con ON con.conrelid = c.oid AND con.contype = 'c'
LEFT JOIN (
  SELECT e.objid, array_agg(p.oid::regprocedure ORDER BY p.oid::regprocedure::text) AS names
  FROM pg_depend e JOIN pg_proc p ON e.refclassid = 'pg_proc'::regclass AND p.oid = e.refobjid
  WHERE e.classid = 'pg_constraint'::regclass
  GROUP BY e.objid) calls ON calls.objid = con.oid
LEFT JOIN (
  SELECT i.inhparent, array_agg(k.relname ORDER BY k.relname) AS names
  FROM pg_inherits i JOIN pg_class k ON k.oid = i.inhrelid
  GROUP BY i.inhparent) children ON children.inhparent = c.oid
WHERE n.nspname = 'bench'
ORDER BY n.nspname, c.relname, con.conname;

-- set_if_null
SELECT n.nspname, c.relname, c.relkind, c.relhastriggers, format_type(a.atttypid, a.atttypmod), a.attgenerated,
       g.tgname, g.tgenabled, g.tgtype, g.tgqual IS NOT NULL, g.tgattr, fn.nspname, f.proname, l.lanname, f.prosrc,
       rules.names, children.names
FROM pg_namespace n
JOIN pg_class c ON c.relnamespace = n.oid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'correlation_id' AND NOT a.attisdropped
JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal
JOIN pg_proc f ON f.oid = g.tgfoid
JOIN pg_namespace fn ON fn.oid = f.pronamespace
JOIN pg_language l ON l.oid = f.prolang
LEFT JOIN (
  SELECT w.ev_class, array_agg(w.rulename ORDER BY w.rulename) AS names
  FROM pg_rewrite w WHERE w.ev_type = '3' AND w.is_instead
  GROUP BY w.ev_class) rules ON rules.ev_class = c.oid
LEFT JOIN (
  SELECT i.inhparent, array_agg(k.relname ORDER BY k.relname) AS names
  FROM pg_inherits i JOIN pg_class k ON k.oid = i.inhrelid
  GROUP BY i.inhparent) children ON children.inhparent = c.oid
WHERE n.nspname = 'bench'
ORDER BY n.nspname, c.relname, g.tgname;

-- index
SELECT n.nspname, c.relname, c.relkind, c.relhasindex, ic.relname, am.amname, i.indisvalid, i.indisready, i.indislive, i.indimmediate,
       i.indisexclusion, i.indisunique, i.indoption, pg_get_expr(i.indpred, i.indrelid), owner.conname,
       keys.columns, keys.opclasses, keys.defaults, keys.collations, children.names
FROM pg_namespace n
JOIN pg_class c ON c.relnamespace = n.oid
JOIN pg_index i ON i.indrelid = c.oid
JOIN pg_class ic ON ic.oid = i.indexrelid
JOIN pg_am am ON am.oid = ic.relam
JOIN (
  SELECT x.indexrelid,
         array_agg(COALESCE(a.attname, pg_get_indexdef(x.indexrelid, k.position::integer, false)::name) ORDER BY k.position) AS columns,
         array_agg(ocn.nspname || '.' || oc.opcname ORDER BY k.position) AS opclasses,
         array_agg(oc.opcdefault ORDER BY k.position) AS defaults,
         array_agg(co.collname ORDER BY k.position) AS collations
  FROM pg_index x
  CROSS JOIN unnest(x.indkey::int2[], x.indclass::oid[], x.indcollation::oid[]) WITH ORDINALITY AS k (attnum, opclass, coll, position)
  LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum AND k.attnum <> 0
  LEFT JOIN pg_opclass oc ON oc.oid = k.opclass
  LEFT JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
  LEFT JOIN pg_collation co ON co.oid = k.coll
  GROUP BY x.indexrelid) keys ON keys.indexrelid = i.indexrelid
LEFT JOIN (
  SELECT e.objid, o.conname
  FROM pg_depend e JOIN pg_constraint o ON o.oid = e.refobjid
  WHERE e.classid = 'pg_class'::regclass AND e.refclassid = 'pg_constraint'::regclass AND e.deptype = 'i') owner ON owner.objid = ic.oid
LEFT JOIN (
  SELECT h.inhparent, array_agg(k.relname ORDER BY k.relname) AS names
  FROM pg_inherits h JOIN pg_class k ON k.oid = h.inhrelid
  GROUP BY h.inhparent) children ON children.inhparent = c.oid
WHERE n.nspname = 'bench' AND NOT i.indisprimary
ORDER BY n.nspname, c.relname, ic.relname;

COMMIT;
