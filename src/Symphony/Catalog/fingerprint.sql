-- A digest of the definitions of the given relations: names and definitions, never OIDs, in the order of the text.
-- In: schemas, relations. A relation that does not exist is part of the digest by its absence.
-- Keys are named column by column: having each index and constraint printed takes several times as long.
WITH touched AS (
  SELECT n.nspname || '.' || c.relname AS relation, c.oid, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
         c.relreplident, c.reloptions, c.relispartition, c.relpartbound, c.relhasrules, c.relispopulated
  FROM unnest($1::text[], $2::text[]) AS s (schema_name, relation_name)
  JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
), held AS MATERIALIZED (
  SELECT t.relation, a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,
         a.attcollation
  FROM touched t
  JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
), indexed AS MATERIALIZED (
  SELECT t.relation, ic.relname AS name, ic.relam, ic.reloptions, i.*
  FROM touched t
  JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
  JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
), fired AS MATERIALIZED (
  SELECT t.relation, g.oid, g.tgenabled, g.tgfoid
  FROM touched t
  JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND
    -- include user_trigger
), calls AS MATERIALIZED (
  -- From the side of what is not built in, of which there is little: asked one by one, most relations call nothing of it.
  SELECT dep.classid, dep.objid, dep.refclassid, dep.refobjid
  FROM pg_catalog.pg_depend dep
  WHERE dep.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass) AND dep.refobjid >= 16384
    AND dep.classid IN ('pg_catalog.pg_constraint'::regclass, 'pg_catalog.pg_attrdef'::regclass, 'pg_catalog.pg_class'::regclass,
                        'pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_rewrite'::regclass)
), asked AS MATERIALIZED (
  SELECT DISTINCT k.refclassid, k.refobjid
  FROM calls k
  WHERE CASE k.classid
      WHEN 'pg_catalog.pg_constraint'::regclass THEN (SELECT con.conrelid FROM pg_catalog.pg_constraint con WHERE con.oid = k.objid)
      WHEN 'pg_catalog.pg_attrdef'::regclass THEN (SELECT d.adrelid FROM pg_catalog.pg_attrdef d WHERE d.oid = k.objid)
      WHEN 'pg_catalog.pg_policy'::regclass THEN (SELECT po.polrelid FROM pg_catalog.pg_policy po WHERE po.oid = k.objid)
      WHEN 'pg_catalog.pg_rewrite'::regclass THEN (SELECT r.ev_class FROM pg_catalog.pg_rewrite r WHERE r.oid = k.objid)
      -- An index, or a partitioned table with its key.
      ELSE COALESCE((SELECT i.indrelid FROM pg_catalog.pg_index i WHERE i.indexrelid = k.objid), k.objid)
    END IN (SELECT oid FROM touched)
), operating AS MATERIALIZED (
  SELECT o.oid, o.oprcode, negator.oid AS opposite, negator.oprcode AS opposite_code, commutator.oid AS commuted, commutator.oprcode AS commuted_code
  FROM asked a
  JOIN pg_catalog.pg_operator o ON a.refclassid = 'pg_catalog.pg_operator'::regclass AND o.oid = a.refobjid
  LEFT JOIN pg_catalog.pg_operator negator ON negator.oid = o.oprnegate
  LEFT JOIN pg_catalog.pg_operator commutator ON commutator.oid = o.oprcom
), line (text) AS (
  SELECT ROW('relation', relation, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident, reloptions,
           CASE WHEN relispartition THEN pg_catalog.pg_get_expr(relpartbound, oid) END,
           CASE WHEN relkind = 'p' THEN pg_catalog.pg_get_partkeydef(oid) END)::text
  FROM touched
  UNION ALL
  SELECT ROW('column', h.relation, h.attname, pg_catalog.format_type(h.atttypid, h.atttypmod),
           h.attnotnull, h.attidentity, h.attgenerated, con.nspname, co.collname, pg_catalog.pg_get_expr(d.adbin, d.adrelid))::text
  FROM held h
  LEFT JOIN (pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace)
    ON co.oid = h.attcollation
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = h.attrelid AND d.adnum = h.attnum
  UNION ALL
  SELECT ROW('constraint', t.relation, con.conname, con.contype, con.convalidated, con.condeferrable, con.condeferred,
           con.connoinherit,
           con.conenforced, -- 18+
           con.conperiod, -- 18+
           CASE
             WHEN con.contype = 'c' THEN pg_catalog.pg_get_expr(con.conbin, con.conrelid)
             -- From 18 on every NOT NULL is a constraint.
             WHEN con.contype = 'n' THEN (
               SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = con.conrelid AND a.attnum = con.conkey[1])
             -- Their columns are those of the index that bears their name.
             WHEN con.contype NOT IN ('p', 'u') THEN pg_catalog.pg_get_constraintdef(con.oid) END)::text
  FROM touched t
  JOIN pg_catalog.pg_constraint con ON con.conrelid = t.oid
  UNION ALL
  SELECT ROW('index', i.relation, i.name, am.amname, i.reloptions, i.indisunique, i.indisprimary, i.indisexclusion, i.indimmediate,
           i.indisvalid, i.indisready, i.indislive, i.indisreplident, i.indnkeyatts,
           i.indnullsnotdistinct, -- 15+
           pg_catalog.pg_get_expr(i.indexprs, i.indrelid), pg_catalog.pg_get_expr(i.indpred, i.indrelid))::text
  FROM indexed i
  JOIN pg_catalog.pg_am am ON am.oid = i.relam
  UNION ALL
  SELECT ROW('key', k.relation, k.name, k.position, h.attname, k.option, ocn.nspname, oc.opcname, con.nspname, co.collname)::text
  FROM (
    -- In step, in the list of results: in FROM, each index's keys would be stored first. A column that is only carried
    -- along has none but its number.
    SELECT i.relation, i.name, i.indrelid,
           pg_catalog.generate_subscripts(i.indkey, 1) + 1 AS position,
           pg_catalog.unnest(i.indkey::int2[]) AS attnum,
           pg_catalog.unnest(i.indoption::int2[]) AS option,
           pg_catalog.unnest(i.indclass::oid[]) AS opclass,
           pg_catalog.unnest(i.indcollation::oid[]) AS coll
    FROM indexed i) AS k
  LEFT JOIN held h ON h.attrelid = k.indrelid AND h.attnum = k.attnum
  LEFT JOIN (pg_catalog.pg_opclass oc JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace) ON oc.oid = k.opclass
  LEFT JOIN (pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace) ON co.oid = k.coll
  UNION ALL
  SELECT ROW('operator class options', i.relation, i.name, a.attnum, a.attoptions)::text
  FROM indexed i
  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indexrelid AND a.attoptions IS NOT NULL
  -- The built-in classes of btree (403) and hash (405) take none.
  WHERE i.relam NOT IN (403, 405) OR 16384 <= ANY (i.indclass::oid[])
  UNION ALL
  SELECT ROW('trigger', g.relation, g.tgenabled, pg_catalog.pg_get_triggerdef(g.oid))::text
  FROM fired g
  UNION ALL
  -- Many tables share one.
  SELECT ROW('trigger function', f.oid::pg_catalog.regproc, f.prosrc,
           -- include function_attributes
           )::text
  FROM pg_catalog.pg_proc f
  WHERE f.oid IN (SELECT tgfoid FROM fired)
  UNION ALL
  SELECT ROW('called operator', o.oid::pg_catalog.regoperator, o.oprcode::pg_catalog.regprocedure,
           o.opposite::pg_catalog.regoperator, o.opposite_code::pg_catalog.regprocedure,
           o.commuted::pg_catalog.regoperator, o.commuted_code::pg_catalog.regprocedure)::text
  FROM operating o
  UNION ALL
  SELECT ROW('called function',
           -- include called_function
           )::text
  FROM pg_catalog.pg_proc f
  JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
  LEFT JOIN pg_catalog.pg_aggregate ag ON ag.aggfnoid = f.oid
  CROSS JOIN (SELECT 0::oid, false) AS called (operator, negates)
  WHERE f.oid IN (
    SELECT refobjid FROM asked WHERE refclassid = 'pg_catalog.pg_proc'::regclass
    UNION
    SELECT x.function FROM operating o CROSS JOIN LATERAL (VALUES (o.oprcode), (o.opposite_code), (o.commuted_code)) AS x (function))
  UNION ALL
  SELECT ROW('rule', t.relation, r.ev_enabled, pg_catalog.pg_get_ruledef(r.oid))::text
  FROM touched t
  JOIN pg_catalog.pg_rewrite r ON r.ev_class = t.oid
  WHERE t.relhasrules
  UNION ALL
  SELECT ROW('view', t.relation, t.relispopulated, pg_catalog.pg_get_viewdef(t.oid))::text
  FROM touched t
  WHERE t.relkind IN ('v', 'm')
  UNION ALL
  SELECT ROW('sequence', t.relation, q.seqtypid::regtype, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcycle)::text
  FROM touched t
  JOIN pg_catalog.pg_sequence q ON q.seqrelid = t.oid
  UNION ALL
  SELECT ROW('policy', t.relation, po.polname, po.polcmd, po.polpermissive,
           (SELECT pg_catalog.string_agg(COALESCE(ro.rolname::text, 'public'), ',' ORDER BY ro.rolname)
            FROM pg_catalog.unnest(po.polroles) AS m (role) LEFT JOIN pg_catalog.pg_roles ro ON ro.oid = m.role),
           pg_catalog.pg_get_expr(po.polqual, po.polrelid), pg_catalog.pg_get_expr(po.polwithcheck, po.polrelid))::text
  FROM touched t
  JOIN pg_catalog.pg_policy po ON po.polrelid = t.oid
  UNION ALL
  SELECT ROW('child', t.relation, cn.nspname, child.relname)::text
  FROM touched t
  JOIN pg_catalog.pg_inherits h ON h.inhparent = t.oid
  JOIN pg_catalog.pg_class child ON child.oid = h.inhrelid
  JOIN pg_catalog.pg_namespace cn ON cn.oid = child.relnamespace
)
SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
         COALESCE(pg_catalog.string_agg(text, E'\n' ORDER BY text COLLATE "C"), ''), 'UTF8')), 'hex')
FROM line
