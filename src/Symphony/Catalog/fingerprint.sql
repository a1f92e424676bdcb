-- A digest of the definitions of the given relations: names and definitions, never OIDs, in the order of the text.
-- In: schemas, relations. A relation that does not exist is part of the digest by its absence.
WITH touched AS (
  SELECT DISTINCT n.nspname || '.' || c.relname AS relation, c.*
  FROM unnest($1::text[], $2::text[]) AS s (schema_name, relation_name)
  JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
), line AS (
  SELECT pg_catalog.concat_ws(' ', 'relation', relation, relkind, relpersistence, relrowsecurity, relforcerowsecurity, reloptions) AS text
  FROM touched
  UNION ALL
  SELECT pg_catalog.concat_ws(' ', 'column', t.relation, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
           a.attnotnull, a.attidentity, a.attgenerated, co.collname, pg_catalog.pg_get_expr(d.adbin, d.adrelid))
  FROM touched t
  JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  UNION ALL
  SELECT pg_catalog.concat_ws(' ', 'constraint', t.relation, con.conname, con.convalidated, CASE con.contype
           -- From 18 on every NOT NULL is a constraint; it is said in full without having it printed.
           WHEN 'n' THEN (
             SELECT pg_catalog.concat_ws(' ', 'NOT NULL', a.attname, con.connoinherit)
             FROM pg_catalog.pg_attribute a
             WHERE a.attrelid = con.conrelid AND a.attnum = con.conkey[1])
           ELSE pg_catalog.pg_get_constraintdef(con.oid) END)
  FROM touched t
  JOIN pg_catalog.pg_constraint con ON con.conrelid = t.oid
  UNION ALL
  SELECT pg_catalog.concat_ws(' ', 'index', t.relation, i.indisvalid, i.indisready, i.indislive, pg_catalog.pg_get_indexdef(i.indexrelid))
  FROM touched t
  JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
  UNION ALL
  SELECT pg_catalog.concat_ws(' ', 'trigger', t.relation, g.tgenabled, pg_catalog.pg_get_triggerdef(g.oid), pg_catalog.md5(p.prosrc))
  FROM touched t
  JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
  JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
  UNION ALL
  SELECT pg_catalog.concat_ws(' ', 'rule', t.relation, r.ev_enabled, pg_catalog.pg_get_ruledef(r.oid))
  FROM touched t
  JOIN pg_catalog.pg_rewrite r ON r.ev_class = t.oid
  WHERE t.relhasrules
  UNION ALL
  SELECT pg_catalog.concat_ws(' ', 'view', t.relation, t.relispopulated, pg_catalog.pg_get_viewdef(t.oid))
  FROM touched t
  WHERE t.relkind IN ('v', 'm')
  UNION ALL
  SELECT pg_catalog.concat_ws(' ', 'sequence', t.relation, q.seqtypid::regtype, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcycle)
  FROM touched t
  JOIN pg_catalog.pg_sequence q ON q.seqrelid = t.oid
  UNION ALL
  SELECT pg_catalog.concat_ws(' ', 'policy', t.relation, po.polname, po.polcmd, po.polpermissive,
           (SELECT pg_catalog.string_agg(COALESCE(ro.rolname::text, 'public'), ',' ORDER BY ro.rolname)
            FROM pg_catalog.unnest(po.polroles) AS m (role) LEFT JOIN pg_catalog.pg_roles ro ON ro.oid = m.role),
           pg_catalog.pg_get_expr(po.polqual, po.polrelid), pg_catalog.pg_get_expr(po.polwithcheck, po.polrelid))
  FROM touched t
  JOIN pg_catalog.pg_policy po ON po.polrelid = t.oid
  UNION ALL
  SELECT pg_catalog.concat_ws(' ', 'child', t.relation, cn.nspname, child.relname)
  FROM touched t
  JOIN pg_catalog.pg_inherits h ON h.inhparent = t.oid
  JOIN pg_catalog.pg_class child ON child.oid = h.inhrelid
  JOIN pg_catalog.pg_namespace cn ON cn.oid = child.relnamespace
)
SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
         COALESCE(pg_catalog.string_agg(text, E'\n' ORDER BY text COLLATE "C"), ''), 'UTF8')), 'hex')
FROM line
