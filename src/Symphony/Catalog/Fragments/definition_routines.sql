-- Functions, aggregates, operators and operator classes. What a type's range made for itself is its own affair.
SELECT f.class, f.object, 35 AS phase, f.name, pg_catalog.rtrim(pg_catalog.pg_get_functiondef(f.object), E' \n') AS text, NULL::text[] AS roles
FROM routine f WHERE f.prokind <> 'a'
UNION ALL
SELECT f.class, f.object, 36, f.name, pg_catalog.concat('CREATE AGGREGATE ',
         pg_catalog.format('%I.%I', f.nspname, f.proname), '(', pg_catalog.pg_get_function_arguments(f.object), ') (',
         'SFUNC = ', ag.aggtransfn, ', STYPE = ', pg_catalog.format_type(ag.aggtranstype, NULL),
         ', SSPACE = ' || NULLIF(ag.aggtransspace, 0),
         ', FINALFUNC = ' || NULLIF(ag.aggfinalfn, 0::oid)::regproc, CASE WHEN ag.aggfinalextra THEN ', FINALFUNC_EXTRA' END,
         CASE WHEN ag.aggfinalfn <> 0 THEN ', FINALFUNC_MODIFY = ' || modify.word END,
         ', COMBINEFUNC = ' || NULLIF(ag.aggcombinefn, 0::oid)::regproc,
         ', SERIALFUNC = ' || NULLIF(ag.aggserialfn, 0::oid)::regproc, ', DESERIALFUNC = ' || NULLIF(ag.aggdeserialfn, 0::oid)::regproc,
         ', INITCOND = ' || pg_catalog.quote_literal(ag.agginitval),
         ', MSFUNC = ' || NULLIF(ag.aggmtransfn, 0::oid)::regproc, ', MINVFUNC = ' || NULLIF(ag.aggminvtransfn, 0::oid)::regproc,
         CASE WHEN ag.aggmtranstype <> 0 THEN ', MSTYPE = ' || pg_catalog.format_type(ag.aggmtranstype, NULL) END,
         ', MSSPACE = ' || NULLIF(ag.aggmtransspace, 0),
         ', MFINALFUNC = ' || NULLIF(ag.aggmfinalfn, 0::oid)::regproc, CASE WHEN ag.aggmfinalextra THEN ', MFINALFUNC_EXTRA' END,
         ', MINITCOND = ' || pg_catalog.quote_literal(ag.aggminitval),
         (SELECT pg_catalog.format(', SORTOP = OPERATOR(%I.%s)', n.nspname, o.oprname)
          FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace WHERE o.oid = ag.aggsortop),
         CASE ag.aggkind WHEN 'h' THEN ', HYPOTHETICAL' END,
         ', PARALLEL = ', CASE f.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END, ')'), NULL
FROM routine f
JOIN pg_catalog.pg_aggregate ag ON ag.aggfnoid = f.object
CROSS JOIN LATERAL (SELECT CASE ag.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END AS word) AS modify
UNION ALL
-- A commutator that is not made here would be left behind as an empty shell.
SELECT d.class, d.object, 36, o.name, pg_catalog.concat('CREATE OPERATOR ', o.name, ' (FUNCTION = ', o.oprcode,
         ', LEFTARG = ' || pg_catalog.format_type(NULLIF(o.oprleft, 0::oid), NULL), ', RIGHTARG = ' || pg_catalog.format_type(NULLIF(o.oprright, 0::oid), NULL),
         (SELECT pg_catalog.format(', COMMUTATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname)
          FROM pg_catalog.pg_operator c JOIN pg_catalog.pg_namespace cn ON cn.oid = c.oprnamespace
          WHERE c.oid = o.oprcom AND EXISTS (
            SELECT FROM made m WHERE m.class = d.class AND m.object = c.oid)),
         (SELECT pg_catalog.format(', NEGATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname)
          FROM pg_catalog.pg_operator c JOIN pg_catalog.pg_namespace cn ON cn.oid = c.oprnamespace
          WHERE c.oid = o.oprnegate AND EXISTS (
            SELECT FROM made m WHERE m.class = d.class AND m.object = c.oid)),
         ', RESTRICT = ' || NULLIF(o.oprrest, 0::oid)::regproc, ', JOIN = ' || NULLIF(o.oprjoin, 0::oid)::regproc,
         CASE WHEN o.oprcanhash THEN ', HASHES' END, CASE WHEN o.oprcanmerge THEN ', MERGES' END, ')'), NULL
FROM made d
JOIN (
  SELECT op.*, pg_catalog.format('%I.%s', n.nspname, op.oprname) AS name
  FROM pg_catalog.pg_operator op JOIN pg_catalog.pg_namespace n ON n.oid = op.oprnamespace) AS o
  ON d.class = 'pg_catalog.pg_operator'::regclass AND o.oid = d.object
UNION ALL
SELECT d.class, d.object, 38, oc.name || ' ' || am.amname,
       pg_catalog.format('CREATE OPERATOR CLASS %s %sFOR TYPE %s USING %I AS %s', oc.name, CASE WHEN oc.opcdefault THEN 'DEFAULT ' END,
         pg_catalog.format_type(oc.opcintype, NULL), am.amname, members.list), NULL
FROM made d
JOIN (
  SELECT c.*, pg_catalog.format('%I.%I', n.nspname, c.opcname) AS name
  FROM pg_catalog.pg_opclass c JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace) AS oc
  ON d.class = 'pg_catalog.pg_opclass'::regclass AND oc.oid = d.object
JOIN pg_catalog.pg_am am ON am.oid = oc.opcmethod
CROSS JOIN LATERAL (
  SELECT pg_catalog.string_agg(member.text, ', ' ORDER BY member.sort, member.number, member.text COLLATE "C") AS list
  FROM (
    SELECT 1 AS sort, o.amopstrategy AS number, pg_catalog.concat('OPERATOR ', o.amopstrategy, ' ', o.amopopr::pg_catalog.regoperator,
             (SELECT pg_catalog.format(' FOR ORDER BY %I.%I', n.nspname, f.opfname)
              FROM pg_catalog.pg_opfamily f JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace WHERE f.oid = o.amopsortfamily)) AS text
    FROM pg_catalog.pg_depend e
    JOIN pg_catalog.pg_amop o ON o.oid = e.objid
    WHERE e.classid = 'pg_catalog.pg_amop'::regclass AND e.refclassid = d.class AND e.refobjid = d.object
    UNION ALL
    SELECT 2, f.amprocnum, pg_catalog.format('FUNCTION %s (%s, %s) %s', f.amprocnum, pg_catalog.format_type(f.amproclefttype, NULL),
             pg_catalog.format_type(f.amprocrighttype, NULL), f.amproc::pg_catalog.regprocedure)
    FROM pg_catalog.pg_depend e
    JOIN pg_catalog.pg_amproc f ON f.oid = e.objid
    WHERE e.classid = 'pg_catalog.pg_amproc'::regclass AND e.refclassid = d.class AND e.refobjid = d.object
    UNION ALL
    SELECT 3, 0, 'STORAGE ' || pg_catalog.format_type(oc.opckeytype, NULL) WHERE oc.opckeytype <> 0) AS member) AS members
