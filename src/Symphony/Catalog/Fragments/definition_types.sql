-- Types, and what belongs to them.
SELECT t.class, t.object, 20 AS phase, t.name, pg_catalog.format('CREATE TYPE %s AS ENUM (%s)', t.name,
         (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
          FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.object)) AS text, NULL::text[] AS roles
FROM type t WHERE t.typtype = 'e'
UNION ALL
SELECT t.class, t.object, 20, t.name, pg_catalog.format('CREATE TYPE %s AS (%s)', t.name,
         (SELECT pg_catalog.string_agg(pg_catalog.concat(
                   pg_catalog.format('%I ', a.attname), pg_catalog.format_type(a.atttypid, a.atttypmod),
                   -- include definition_collation
                 ), ', ' ORDER BY a.attnum)
          FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)), NULL
FROM type t WHERE t.typtype = 'c'
UNION ALL
SELECT t.class, t.object, 20, t.name, pg_catalog.concat('CREATE TYPE ', t.name, ' AS RANGE (SUBTYPE = ',
         pg_catalog.format_type(g.rngsubtype, NULL),
         (SELECT pg_catalog.format(', SUBTYPE_OPCLASS = %I.%I', n.nspname, oc.opcname)
          FROM pg_catalog.pg_opclass oc JOIN pg_catalog.pg_namespace n ON n.oid = oc.opcnamespace WHERE oc.oid = g.rngsubopc),
         (SELECT pg_catalog.format(', COLLATION = %I.%I', n.nspname, co.collname)
          FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace WHERE co.oid = g.rngcollation),
         (SELECT pg_catalog.format(', SUBTYPE_DIFF = %I.%I', n.nspname, p.proname)
          FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = g.rngsubdiff),
         (SELECT pg_catalog.format(', MULTIRANGE_TYPE_NAME = %I.%I', n.nspname, m.typname)
          FROM pg_catalog.pg_type m JOIN pg_catalog.pg_namespace n ON n.oid = m.typnamespace WHERE m.oid = g.rngmultitypid),
         ')'), NULL
FROM type t JOIN pg_catalog.pg_range g ON g.rngtypid = t.object WHERE t.typtype = 'r'
UNION ALL
SELECT t.class, t.object, 21, t.name, pg_catalog.concat('CREATE DOMAIN ', t.name, ' AS ',
         pg_catalog.format_type(t.typbasetype, t.typtypmod),
         (SELECT pg_catalog.format(' COLLATE %I.%I', n.nspname, co.collname)
          FROM pg_catalog.pg_collation co
          JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace
          JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
          WHERE co.oid = t.typcollation AND t.typcollation <> b.typcollation),
         ' DEFAULT ' || pg_catalog.pg_get_expr(t.typdefaultbin, 0), CASE WHEN t.typnotnull THEN ' NOT NULL' END), NULL
FROM type t WHERE t.typtype = 'd'
UNION ALL
SELECT d.class, d.object, 22, t.name || ' ' || pg_catalog.quote_ident(con.conname),
       pg_catalog.format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', t.name, con.conname, pg_catalog.pg_get_constraintdef(con.oid)), NULL
FROM made d
JOIN pg_catalog.pg_constraint con ON d.class = 'pg_catalog.pg_constraint'::regclass AND con.oid = d.object AND con.contype = 'c'
JOIN type t ON t.object = con.contypid
UNION ALL
SELECT d.class, d.object, 15, co.name, pg_catalog.concat('CREATE COLLATION ', co.name, ' (PROVIDER = ',
         CASE co.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
         ', LC_COLLATE = ' || pg_catalog.quote_literal(co.collcollate), ', LC_CTYPE = ' || pg_catalog.quote_literal(co.collctype), -- before 15
         CASE co.collprovider WHEN 'c' THEN ', LC_COLLATE = ' || pg_catalog.quote_literal(co.collcollate) END, -- 15+
         CASE co.collprovider WHEN 'c' THEN ', LC_CTYPE = ' || pg_catalog.quote_literal(co.collctype) END, -- 15+
         ', LOCALE = ' || pg_catalog.quote_literal(pg_catalog.to_jsonb(co) ->> 'colliculocale'), -- before 17
         ', LOCALE = ' || pg_catalog.quote_literal(co.colllocale), -- 17+
         ', RULES = ' || pg_catalog.quote_literal(co.collicurules), -- 16+
         CASE WHEN NOT co.collisdeterministic THEN ', DETERMINISTIC = false' END, ')'), NULL
FROM made d
JOIN (
  SELECT c.*, pg_catalog.format('%I.%I', n.nspname, c.collname) AS name
  FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace) AS co
  ON d.class = 'pg_catalog.pg_collation'::regclass AND co.oid = d.object
UNION ALL
SELECT d.class, d.object, 37, pg_catalog.format_type(k.castsource, NULL) || ' ' || pg_catalog.format_type(k.casttarget, NULL),
       pg_catalog.concat('CREATE CAST (', pg_catalog.format_type(k.castsource, NULL), ' AS ', pg_catalog.format_type(k.casttarget, NULL), ') ',
         CASE k.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || k.castfunc::pg_catalog.regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
         CASE k.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' END), NULL
FROM made d
JOIN pg_catalog.pg_cast k ON d.class = 'pg_catalog.pg_cast'::regclass AND k.oid = d.object
WHERE NOT EXISTS (
  SELECT FROM pg_catalog.pg_depend i WHERE i.classid = d.class AND i.objid = d.object AND i.deptype = 'i')
