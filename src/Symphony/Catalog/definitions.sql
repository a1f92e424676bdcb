-- Statements that make the given tables and sequences again, empty, with what they need: types, functions, sequences,
-- the tables that they inherit from, are inherited by and reference, that own them, and the roles that own them or that
-- their policies are for. No row, no privilege. In: schemas, relations, the comment of roles that are made.
WITH RECURSIVE given AS (
  SELECT c.oid, c.relkind
  FROM unnest($1::text[], $2::text[]) AS s (schema_name, relation_name)
  JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name AND c.relpersistence <> 't'
), numbering (oid, owner, attnum, deptype) AS (
  -- The column that owns a sequence: by OWNED BY ('a'), or as its identity ('i').
  SELECT d.objid, d.refobjid, d.refobjsubid, d.deptype
  FROM pg_catalog.pg_depend d
  JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0
    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
), closure (oid) AS (
  SELECT c.oid
  FROM (SELECT g.oid FROM given g UNION SELECT u.owner FROM given g JOIN numbering u ON u.oid = g.oid) AS s
  JOIN pg_catalog.pg_class c ON c.oid = s.oid AND c.relkind IN ('r', 'p')
  UNION
  SELECT c.oid
  FROM closure t
  JOIN LATERAL (
    SELECT h.inhrelid FROM pg_catalog.pg_inherits h WHERE h.inhparent = t.oid
    UNION ALL
    SELECT h.inhparent FROM pg_catalog.pg_inherits h WHERE h.inhrelid = t.oid
    UNION ALL
    SELECT f.confrelid FROM pg_catalog.pg_constraint f WHERE f.conrelid = t.oid AND f.contype = 'f'
  ) AS near (oid) ON true
  JOIN pg_catalog.pg_class c ON c.oid = near.oid AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
), up (oid, parent, depth) AS (
  SELECT t.oid, h.inhparent, 1 FROM closure t JOIN pg_catalog.pg_inherits h ON h.inhrelid = t.oid
  UNION ALL
  SELECT up.oid, h.inhparent, up.depth + 1 FROM up JOIN pg_catalog.pg_inherits h ON h.inhrelid = up.parent
), relation AS (
  SELECT c.*, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, n.nspname,
         COALESCE((SELECT max(up.depth) FROM up WHERE up.oid = c.oid), 0) AS level
  FROM closure t
  JOIN pg_catalog.pg_class c ON c.oid = t.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
), attribute AS (
  SELECT a.*, r.name AS relation_name, d.oid AS default_oid, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression
  FROM relation r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
), used AS (
  SELECT t.tgfoid AS function FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
  UNION
  SELECT d.refobjid
  FROM pg_catalog.pg_depend d
  WHERE d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
    AND ((d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid IN (SELECT default_oid FROM attribute))
      OR (d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
        AND d.objid IN (SELECT con.oid FROM pg_catalog.pg_constraint con JOIN relation r ON r.oid = con.conrelid))
      OR (d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
        AND d.objid IN (SELECT po.oid FROM pg_catalog.pg_policy po JOIN relation r ON r.oid = po.polrelid)))
), type AS (
  SELECT DISTINCT base.oid, base.typtype, base.typbasetype, base.typtypmod, base.typnotnull, base.typdefault,
         n.nspname, pg_catalog.format('%I.%I', n.nspname, base.typname) AS name
  FROM attribute a
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  JOIN pg_catalog.pg_type base ON base.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
  JOIN pg_catalog.pg_namespace n ON n.oid = base.typnamespace AND n.nspname <> 'pg_catalog'
  WHERE base.typtype IN ('e', 'd')
), numbers AS (
  SELECT s.oid, s.relpersistence, n.nspname, pg_catalog.format('%I.%I', n.nspname, s.relname) AS name,
         pg_catalog.format('INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s', q.seqincrement, q.seqmin, q.seqmax,
           q.seqstart, q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' END) AS options,
         pg_catalog.format_type(q.seqtypid, NULL) AS type
  FROM pg_catalog.pg_sequence q
  JOIN pg_catalog.pg_class s ON s.oid = q.seqrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
), sequence AS (
  -- An identity's is made with its column.
  SELECT s.*
  FROM numbers s
  WHERE s.oid IN (
      SELECT g.oid FROM given g
      UNION
      SELECT d.refobjid
      FROM attribute a
      JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = a.default_oid
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)
    AND NOT EXISTS (SELECT FROM numbering u WHERE u.oid = s.oid AND u.deptype = 'i')
), function AS (
  SELECT p.oid, n.nspname, p.oid::pg_catalog.regprocedure::text AS name
  FROM used u
  JOIN pg_catalog.pg_proc p ON p.oid = u.function AND p.prokind IN ('f', 'p')
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace AND n.nspname <> 'pg_catalog'
), owner AS (
  -- A name that would end the block that it stands in is not made; who tries the statements sees what is missing.
  SELECT r.name, o.rolname::text AS owner
  FROM relation r
  JOIN pg_catalog.pg_roles o ON o.oid = r.relowner AND pg_catalog.strpos(o.rolname, '$symphony$') = 0
), policy AS (
  SELECT po.*, r.name AS relation_name, whom.names, whom.roles
  FROM relation r
  JOIN pg_catalog.pg_policy po ON po.polrelid = r.oid
  CROSS JOIN LATERAL (
    SELECT pg_catalog.array_agg(o.rolname::text) FILTER (WHERE o.oid IS NOT NULL) AS names,
           pg_catalog.string_agg(CASE m.role WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(o.rolname) END, ', '
             ORDER BY o.rolname COLLATE "C") AS roles,
           pg_catalog.bool_and(m.role = 0 OR pg_catalog.strpos(o.rolname, '$symphony$') = 0) AS is_writable
    FROM pg_catalog.unnest(po.polroles) AS m (role)
    LEFT JOIN pg_catalog.pg_roles o ON o.oid = m.role) AS whom
  WHERE whom.is_writable
), role AS (
  SELECT o.owner AS name FROM owner o
  UNION
  SELECT unnest(p.names) FROM policy p
), statement (phase, name, text) AS (
  -- Roles are of the whole cluster: one that is there stays as it is, and one that is made says so.
  SELECT 5, o.name, pg_catalog.format(
           'DO $symphony$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = %1$L) THEN CREATE ROLE %1$I NOLOGIN; COMMENT ON ROLE %1$I IS %2$L; END IF; END $symphony$',
           o.name, $3::text)
  FROM role o
  UNION ALL
  SELECT 95, o.name, pg_catalog.format('ALTER TABLE %s OWNER TO %I', o.name, o.owner) FROM owner o
  UNION ALL
  SELECT 10, s.nspname::text, pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I', s.nspname)
  FROM (SELECT nspname FROM relation UNION SELECT nspname FROM type UNION SELECT nspname FROM function
        UNION SELECT nspname FROM sequence) AS s
  UNION ALL
  SELECT 20, t.name, pg_catalog.format('CREATE TYPE %s AS ENUM (%s)', t.name,
           (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
            FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid))
  FROM type t WHERE t.typtype = 'e'
  UNION ALL
  SELECT 21, t.name, pg_catalog.concat_ws(' ', 'CREATE DOMAIN', t.name, 'AS',
           pg_catalog.format_type(t.typbasetype, t.typtypmod), 'DEFAULT ' || t.typdefault,
           CASE WHEN t.typnotnull THEN 'NOT NULL' END,
           (SELECT pg_catalog.string_agg(pg_catalog.format('CONSTRAINT %I %s', con.conname,
                     pg_catalog.pg_get_constraintdef(con.oid)), ' ' ORDER BY con.conname)
            FROM pg_catalog.pg_constraint con WHERE con.contypid = t.oid AND con.contype = 'c'))
  FROM type t WHERE t.typtype = 'd'
  UNION ALL
  SELECT 30, s.name, pg_catalog.format('CREATE %sSEQUENCE %s AS %s %s',
           CASE WHEN s.relpersistence = 'u' THEN 'UNLOGGED ' END, s.name, s.type, s.options)
  FROM sequence s
  UNION ALL
  SELECT 59, s.name, pg_catalog.format('ALTER SEQUENCE %s OWNED BY %s.%I', s.name, a.relation_name, a.attname)
  FROM sequence s
  JOIN numbering u ON u.oid = s.oid
  JOIN attribute a ON a.attrelid = u.owner AND a.attnum = u.attnum
  UNION ALL
  SELECT 35, f.name, pg_catalog.rtrim(pg_catalog.pg_get_functiondef(f.oid), E' \n') FROM function f
  UNION ALL
  SELECT 40 + r.level, r.name,
         pg_catalog.concat('CREATE ', CASE WHEN r.relpersistence = 'u' THEN 'UNLOGGED ' END, 'TABLE ', r.name,
           CASE WHEN r.relispartition THEN
             pg_catalog.format(' PARTITION OF %s %s',
               (SELECT h.inhparent::pg_catalog.regclass FROM pg_catalog.pg_inherits h WHERE h.inhrelid = r.oid),
               pg_catalog.pg_get_expr(r.relpartbound, r.oid))
           ELSE
             pg_catalog.format(' (%s)', (
               SELECT pg_catalog.string_agg(pg_catalog.concat(
                        pg_catalog.format('%I ', a.attname), pg_catalog.format_type(a.atttypid, a.atttypmod),
                        (SELECT pg_catalog.format(' COLLATE %I.%I', n.nspname, co.collname)
                         FROM pg_catalog.pg_collation co
                         JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace
                         JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                         WHERE co.oid = a.attcollation AND a.attcollation <> t.typcollation),
                        CASE WHEN a.attgenerated <> '' THEN pg_catalog.format(' GENERATED ALWAYS AS (%s) %s', a.expression,
                               CASE a.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END)
                             WHEN a.expression IS NOT NULL THEN ' DEFAULT ' || a.expression END,
                        CASE a.attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
                                           WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY' END,
                        (SELECT pg_catalog.format(' (SEQUENCE NAME %s %s)', q.name, q.options)
                         FROM numbering u JOIN numbers q ON q.oid = u.oid
                         WHERE u.owner = a.attrelid AND u.attnum = a.attnum AND u.deptype = 'i' AND a.attidentity <> ''),
                        CASE WHEN a.attnotnull AND a.attidentity = '' THEN ' NOT NULL' END), ', ' ORDER BY a.attnum) -- before 18
                        NULL), ', ' ORDER BY a.attnum) -- 18+
               FROM attribute a WHERE a.attrelid = r.oid AND a.attislocal))
             || COALESCE((SELECT ' INHERITS (' || pg_catalog.string_agg(h.inhparent::pg_catalog.regclass::text, ', ' ORDER BY h.inhseqno) || ')'
                          FROM pg_catalog.pg_inherits h WHERE h.inhrelid = r.oid), '')
           END,
           ' PARTITION BY ' || pg_catalog.pg_get_partkeydef(r.oid))
  FROM relation r
  UNION ALL
  SELECT CASE con.contype WHEN 'n' THEN 60 WHEN 'c' THEN 62 WHEN 'f' THEN 63 ELSE 61 END,
         r.name || ' ' || pg_catalog.quote_ident(con.conname),
         pg_catalog.format('ALTER TABLE %s ADD CONSTRAINT %I %s', r.name, con.conname, pg_catalog.pg_get_constraintdef(con.oid))
  FROM relation r
  JOIN pg_catalog.pg_constraint con ON con.conrelid = r.oid AND con.conislocal AND con.conparentid = 0 AND con.contype <> 't'
  WHERE con.contype <> 'n' OR NOT EXISTS (
    SELECT FROM attribute a WHERE a.attrelid = r.oid AND a.attnum = con.conkey[1] AND a.attidentity <> '')
  UNION ALL
  SELECT 65, i.indexrelid::pg_catalog.regclass::text, pg_catalog.pg_get_indexdef(i.indexrelid)
  FROM relation r
  JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint con WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = i.indexrelid)
  UNION ALL
  SELECT 70, r.name || ' ' || pg_catalog.quote_ident(t.tgname), pg_catalog.pg_get_triggerdef(t.oid)
  FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal AND t.tgparentid = 0
  UNION ALL
  SELECT 71, r.name || ' ' || pg_catalog.quote_ident(t.tgname), pg_catalog.format('ALTER TABLE %s %s TRIGGER %I', r.name,
           CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, t.tgname)
  FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND t.tgenabled <> 'O' AND (NOT t.tgisinternal
    OR t.tgparentid <> 0 -- before 15
  )
  UNION ALL
  SELECT 75, r.name || ' ' || pg_catalog.quote_ident(w.rulename), pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';')
  FROM relation r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid
  UNION ALL
  SELECT 80, r.name, pg_catalog.format('ALTER TABLE %s %s ROW LEVEL SECURITY', r.name, s.word)
  FROM relation r
  JOIN (VALUES ('ENABLE'), ('FORCE')) AS s (word)
    ON CASE s.word WHEN 'ENABLE' THEN r.relrowsecurity ELSE r.relforcerowsecurity END
  UNION ALL
  SELECT 85, p.relation_name || ' ' || pg_catalog.quote_ident(p.polname), pg_catalog.concat_ws(' ',
           pg_catalog.format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', p.polname, p.relation_name,
             CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
             CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
             p.roles),
           'USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',
           'WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')')
  FROM policy p
)
SELECT text, CASE phase WHEN 5 THEN name END AS role FROM statement ORDER BY phase, name COLLATE "C", text COLLATE "C"
