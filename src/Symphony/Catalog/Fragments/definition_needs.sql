-- What the object r (class, object) needs, and what is a part of it and goes with it. What an extension made needs the
-- extension alone. Bodies that are text have no dependencies: of a function that an expression may call, the functions
-- that its body mentions as calls, and the relations where its language is SQL, which the planner reads.
SELECT d.refclassid AS class, d.refobjid AS object, false AS is_part
FROM pg_catalog.pg_depend d
WHERE d.classid = r.class AND d.objid = r.object
  AND (d.deptype = 'e' OR (d.deptype IN ('n', 'a', 'i') AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend e WHERE e.classid = r.class AND e.objid = r.object AND e.deptype = 'e')))
UNION ALL
SELECT d.classid, d.objid, true
FROM pg_catalog.pg_depend d
WHERE d.refclassid = r.class AND d.refobjid = r.object AND d.deptype IN ('a', 'i')
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend e WHERE e.classid = r.class AND e.objid = r.object AND e.deptype = 'e')
UNION ALL
SELECT r.class, h.inhrelid, true
FROM pg_catalog.pg_inherits h
WHERE r.class = 'pg_catalog.pg_class'::regclass AND h.inhparent = r.object
UNION ALL
-- A child's own comes before the same one of its parent, which takes it in: the other way round the server refuses it.
SELECT r.class, below.oid, false
FROM pg_catalog.pg_constraint con
JOIN pg_catalog.pg_inherits h ON h.inhparent = con.conrelid
JOIN pg_catalog.pg_constraint below ON below.conrelid = h.inhrelid AND below.contype = con.contype
WHERE r.class = 'pg_catalog.pg_constraint'::regclass AND con.oid = r.object
  AND (con.contype = 'n' OR (con.contype = 'c' AND below.conname = con.conname))
UNION ALL
SELECT 'pg_catalog.pg_cast'::regclass, k.oid, true
FROM pg_catalog.pg_cast k
WHERE (r.class = 'pg_catalog.pg_proc'::regclass AND k.castfunc = r.object)
   OR (r.class = 'pg_catalog.pg_type'::regclass AND k.castmethod <> 'f' AND r.object IN (k.castsource, k.casttarget))
UNION ALL
SELECT m.class, m.object, false
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND l.lanname IN ('sql', 'plpgsql')
CROSS JOIN LATERAL (SELECT pg_catalog.lower(p.prosrc) AS text) AS body
CROSS JOIN LATERAL (
  SELECT 'pg_catalog.pg_proc'::regclass::oid AS class, q.oid AS object, pg_catalog.lower(q.proname) AS name, '"?\s*\(' AS follows
  FROM pg_catalog.pg_proc q
  WHERE q.oid >= 16384 AND q.oid <> p.oid
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend e
      WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = q.oid AND e.deptype = 'e')
  UNION ALL
  SELECT 'pg_catalog.pg_class'::regclass::oid, c.oid, pg_catalog.lower(c.relname), ''
  FROM pg_catalog.pg_class c
  WHERE l.lanname = 'sql' AND c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relpersistence <> 't') AS m
WHERE r.class = 'pg_catalog.pg_proc'::regclass AND p.oid = r.object
  AND p.prosqlbody IS NULL AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
  AND pg_catalog.strpos(body.text, m.name) > 0
  AND body.text ~ ('\m' || pg_catalog.regexp_replace(m.name, '([^[:alnum:]_])', '\\\1', 'g') || m.follows || CASE m.follows WHEN '' THEN '\M' ELSE '' END)
