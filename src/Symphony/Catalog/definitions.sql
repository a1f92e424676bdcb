-- Statements that make the given objects again in an empty database, without rows, with what they need: what their
-- dependencies name, what is a part of it, the tables above and below, and the roles that own it or that policies are
-- for. In: schemas, objects, their sorts (relation, function with its argument types, type, schema, extension,
-- event_trigger, defaults: a role's default privileges), whether privileges and owners of everything count, and the
-- roles whose privileges do.
-- Out: an object, those that it needs, and a statement that makes it; an object without one passes its needs on, and
-- statements without an object come after everything. The order of the lines is the one to be kept where needs allow.
WITH RECURSIVE seed AS (
  SELECT s.sort, s.object_name, n.oid AS namespace,
         CASE s.sort WHEN 'relation' THEN 'pg_catalog.pg_class'::regclass WHEN 'function' THEN 'pg_catalog.pg_proc'::regclass
                     WHEN 'type' THEN 'pg_catalog.pg_type'::regclass
                     WHEN 'extension' THEN 'pg_catalog.pg_extension'::regclass WHEN 'event_trigger' THEN 'pg_catalog.pg_event_trigger'::regclass END::oid AS class,
         CASE s.sort
           WHEN 'relation' THEN (
             SELECT c.oid FROM pg_catalog.pg_class c
             WHERE c.relnamespace = n.oid AND c.relname = s.object_name AND c.relpersistence <> 't')
           WHEN 'function' THEN (
             SELECT p.oid FROM pg_catalog.pg_proc p
             WHERE p.pronamespace = n.oid AND s.object_name =
               -- include function_signature
           )
           WHEN 'type' THEN (SELECT t.oid FROM pg_catalog.pg_type t WHERE t.typnamespace = n.oid AND t.typname = s.object_name)
           WHEN 'extension' THEN (SELECT e.oid FROM pg_catalog.pg_extension e WHERE e.extname = s.object_name)
           WHEN 'event_trigger' THEN (SELECT e.oid FROM pg_catalog.pg_event_trigger e WHERE e.evtname = s.object_name) END AS object
  FROM unnest($1::text[], $2::text[], $3::text[]) AS s (schema_name, object_name, sort)
  LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
), reach (class, object) AS (
  SELECT s.class, s.object FROM seed s WHERE s.object IS NOT NULL
  UNION
  SELECT near.class, near.object
  FROM reach r
  CROSS JOIN LATERAL (
    -- include definition_needs
  ) AS near
  WHERE near.object >= 16384
    AND near.class IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_type'::regclass, 'pg_catalog.pg_proc'::regclass,
      'pg_catalog.pg_constraint'::regclass, 'pg_catalog.pg_attrdef'::regclass, 'pg_catalog.pg_rewrite'::regclass,
      'pg_catalog.pg_trigger'::regclass, 'pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_operator'::regclass,
      'pg_catalog.pg_opclass'::regclass, 'pg_catalog.pg_opfamily'::regclass, 'pg_catalog.pg_amop'::regclass, 'pg_catalog.pg_amproc'::regclass,
      'pg_catalog.pg_cast'::regclass, 'pg_catalog.pg_collation'::regclass, 'pg_catalog.pg_language'::regclass,
      'pg_catalog.pg_extension'::regclass)
), made AS (
  SELECT r.class, r.object
  FROM reach r
  WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend e WHERE e.classid = r.class AND e.objid = r.object AND e.deptype = 'e')
), relation AS (
  SELECT c.*, d.class, d.object, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, n.nspname,
         -- The server's own triggers, of foreign keys for the most part, have other names in every database: all or none.
         COALESCE((SELECT bool_and(t.tgenabled = 'D') FROM pg_catalog.pg_trigger t
                   WHERE t.tgrelid = c.oid AND t.tgisinternal AND t.tgfoid < 16384), false) AS is_unguarded
  FROM made d
  JOIN pg_catalog.pg_class c ON d.class = 'pg_catalog.pg_class'::regclass AND c.oid = d.object
    AND c.relkind IN ('r', 'p', 'v', 'm') AND c.relpersistence <> 't'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
), attribute AS (
  SELECT a.*, r.name AS relation_name, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression
  FROM relation r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
), type AS (
  SELECT t.*, d.class, d.object, n.nspname, pg_catalog.format('%I.%I', n.nspname, t.typname) AS name
  FROM made d
  JOIN pg_catalog.pg_type t ON d.class = 'pg_catalog.pg_type'::regclass AND t.oid = d.object
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd', 'r')
    OR (t.typtype = 'c' AND EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
), routine AS (
  SELECT p.*, d.class, d.object, n.nspname, p.oid::pg_catalog.regprocedure::text AS name
  FROM made d
  JOIN pg_catalog.pg_proc p ON d.class = 'pg_catalog.pg_proc'::regclass AND p.oid = d.object
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend i
    WHERE i.classid = d.class AND i.objid = p.oid AND i.refclassid = 'pg_catalog.pg_type'::regclass AND i.deptype = 'i')
), numbering (oid, owner, attnum, deptype) AS (
  -- The column that owns a sequence: by OWNED BY ('a'), or as its identity ('i').
  SELECT d.objid, d.refobjid, d.refobjsubid, d.deptype
  FROM pg_catalog.pg_depend d
  JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0
    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
), numbers AS (
  SELECT d.class, d.object, s.oid, s.relpersistence, s.relowner, s.relacl, n.nspname, pg_catalog.format('%I.%I', n.nspname, s.relname) AS name,
         pg_catalog.format('INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s', q.seqincrement, q.seqmin, q.seqmax,
           q.seqstart, q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' END) AS options,
         pg_catalog.format_type(q.seqtypid, NULL) AS type
  FROM made d
  JOIN pg_catalog.pg_class s ON d.class = 'pg_catalog.pg_class'::regclass AND s.oid = d.object AND s.relkind = 'S' AND s.relpersistence <> 't'
  JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
), sequence AS (
  -- An identity's is made with its column.
  SELECT s.* FROM numbers s WHERE NOT EXISTS (SELECT FROM numbering u WHERE u.oid = s.oid AND u.deptype = 'i')
), family AS (
  SELECT f.oid, pg_catalog.format('%I.%I', n.nspname, f.opfname) AS name, pg_catalog.quote_ident(am.amname) AS method
  FROM pg_catalog.pg_opfamily f
  JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am am ON am.oid = f.opfmethod
), family_member (class, object, of_class, of_object, sort, number, text) AS (
  -- An operator or function of an operator class, or of the family alone.
  SELECT e.classid, e.objid, e.refclassid, e.refobjid, 1, o.amopstrategy,
         pg_catalog.format('OPERATOR %s %s', o.amopstrategy, o.amopopr::pg_catalog.regoperator)
         || COALESCE(' FOR ORDER BY ' || (SELECT f.name FROM family f WHERE f.oid = o.amopsortfamily), '')
  FROM pg_catalog.pg_amop o
  JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_amop'::regclass AND e.objid = o.oid
  WHERE e.refclassid IN ('pg_catalog.pg_opclass'::regclass, 'pg_catalog.pg_opfamily'::regclass)
  UNION ALL
  SELECT e.classid, e.objid, e.refclassid, e.refobjid, 2, f.amprocnum,
         pg_catalog.format('FUNCTION %s (%s, %s) %s', f.amprocnum, pg_catalog.format_type(f.amproclefttype, NULL),
           pg_catalog.format_type(f.amprocrighttype, NULL), f.amproc::pg_catalog.regprocedure)
  FROM pg_catalog.pg_amproc f
  JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_amproc'::regclass AND e.objid = f.oid
  WHERE e.refclassid IN ('pg_catalog.pg_opclass'::regclass, 'pg_catalog.pg_opfamily'::regclass)
), space AS (
  -- The server's own are there, and stay as they are.
  SELECT u.nspname
  FROM (
    SELECT nspname FROM relation UNION SELECT nspname FROM type UNION SELECT nspname FROM routine UNION SELECT nspname FROM numbers
    UNION
    SELECT n.nspname FROM seed s JOIN pg_catalog.pg_namespace n ON n.oid = s.namespace AND s.sort IN ('schema', 'defaults')
    UNION
    SELECT n.nspname
    FROM made d
    JOIN LATERAL (
      SELECT o.oprnamespace FROM pg_catalog.pg_operator o WHERE d.class = 'pg_catalog.pg_operator'::regclass AND o.oid = d.object
      UNION ALL SELECT o.opcnamespace FROM pg_catalog.pg_opclass o WHERE d.class = 'pg_catalog.pg_opclass'::regclass AND o.oid = d.object
      UNION ALL SELECT o.opfnamespace FROM pg_catalog.pg_opfamily o WHERE d.class = 'pg_catalog.pg_opfamily'::regclass AND o.oid = d.object
      UNION ALL SELECT o.collnamespace FROM pg_catalog.pg_collation o WHERE d.class = 'pg_catalog.pg_collation'::regclass AND o.oid = d.object
      UNION ALL SELECT o.extnamespace FROM pg_catalog.pg_extension o WHERE d.class = 'pg_catalog.pg_extension'::regclass AND o.oid = d.object) AS o (namespace) ON true
    JOIN pg_catalog.pg_namespace n ON n.oid = o.namespace) AS u
  WHERE u.nspname <> 'information_schema' AND u.nspname !~ '^pg_'
), grantable AS (
  -- include definition_grantable
), statement (class, object, phase, name, text, roles) AS (
  SELECT 'pg_catalog.pg_namespace'::regclass::oid, n.oid, 10, s.nspname::text, pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I', s.nspname), NULL::text[]
  FROM space s
  JOIN pg_catalog.pg_namespace n ON n.nspname = s.nspname
  UNION ALL
  SELECT d.class, d.object, 12, e.extname::text, pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname), NULL
  FROM made d
  JOIN pg_catalog.pg_extension e ON d.class = 'pg_catalog.pg_extension'::regclass AND e.oid = d.object
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
  UNION ALL
  SELECT * FROM (
    -- include definition_types
  ) AS t
  UNION ALL
  SELECT * FROM (
    -- include definition_routines
  ) AS r
  UNION ALL
  SELECT * FROM (
    -- include definition_opclasses
  ) AS o
  UNION ALL
  SELECT * FROM (
    -- include definition_relations
  ) AS r
  UNION ALL
  SELECT * FROM (
    -- include definition_parts
  ) AS p
  UNION ALL
  SELECT * FROM (
    -- include definition_grants
  ) AS g
  UNION ALL
  -- Last: it fires on what comes after it.
  SELECT NULL, NULL, 97, e.evtname::text, pg_catalog.format('CREATE EVENT TRIGGER %I ON %I%s EXECUTE FUNCTION %s()', e.evtname, e.evtevent,
           (SELECT pg_catalog.format(' WHEN TAG IN (%s)', pg_catalog.string_agg(pg_catalog.quote_literal(x.tag), ', ' ORDER BY x.tag COLLATE "C"))
            FROM pg_catalog.unnest(e.evttags) AS x (tag) HAVING pg_catalog.count(*) > 0), e.evtfoid::pg_catalog.regproc), NULL
  FROM made d
  JOIN pg_catalog.pg_event_trigger e ON d.class = 'pg_catalog.pg_event_trigger'::regclass AND e.oid = d.object
  UNION ALL
  SELECT NULL, NULL, 98, e.evtname::text, pg_catalog.format('ALTER EVENT TRIGGER %I %s', e.evtname,
           CASE e.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END), NULL
  FROM made d
  JOIN pg_catalog.pg_event_trigger e ON d.class = 'pg_catalog.pg_event_trigger'::regclass AND e.oid = d.object AND e.evtenabled <> 'O'
), edge AS (
  -- What stands in another's statement has its needs there.
  SELECT COALESCE(within.class, r.class) AS class, COALESCE(within.object, r.object) AS object, near.class AS near_class, near.object AS near_object
  FROM made r
  LEFT JOIN LATERAL (
    SELECT 'pg_catalog.pg_class'::regclass::oid, a.adrelid FROM pg_catalog.pg_attrdef a WHERE r.class = 'pg_catalog.pg_attrdef'::regclass AND a.oid = r.object
    UNION ALL
    SELECT 'pg_catalog.pg_class'::regclass, w.ev_class FROM pg_catalog.pg_rewrite w
    WHERE r.class = 'pg_catalog.pg_rewrite'::regclass AND w.oid = r.object AND w.rulename = '_RETURN'
    UNION ALL
    SELECT 'pg_catalog.pg_type'::regclass, c.reltype FROM pg_catalog.pg_class c WHERE r.class = 'pg_catalog.pg_class'::regclass AND c.oid = r.object AND c.relkind = 'c'
    UNION ALL
    SELECT m.refclassid, m.refobjid FROM pg_catalog.pg_depend m
    WHERE r.class IN ('pg_catalog.pg_amop'::regclass, 'pg_catalog.pg_amproc'::regclass) AND m.classid = r.class AND m.objid = r.object
      AND m.refclassid = 'pg_catalog.pg_opclass'::regclass) AS within (class, object) ON true
  CROSS JOIN LATERAL (
    -- include definition_needs
  ) AS near
  WHERE NOT near.is_part AND near.object >= 16384
)
SELECT o.object, pg_catalog.to_json(o.needs)::text, o.text, pg_catalog.to_json(o.roles)::text
FROM (
  SELECT e.class::text || ':' || e.object AS object, pg_catalog.array_agg(DISTINCT e.near_class::text || ':' || e.near_object) AS needs,
         NULL::integer AS phase, NULL::text AS name, NULL::text AS text, NULL::text[] AS roles
  FROM edge e
  GROUP BY e.class, e.object
  UNION ALL
  SELECT s.class::text || ':' || s.object, NULL, s.phase, s.name, s.text, s.roles FROM statement s) AS o
ORDER BY o.phase NULLS FIRST, o.name COLLATE "C", o.text COLLATE "C", o.object
