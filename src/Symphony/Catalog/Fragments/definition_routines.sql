-- Functions, aggregates and operators. What a type's range made for itself is its own affair.
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
         CASE WHEN ag.aggmfinalfn <> 0 THEN ', MFINALFUNC_MODIFY = ' || moving.word END,
         ', MINITCOND = ' || pg_catalog.quote_literal(ag.aggminitval),
         (SELECT pg_catalog.format(', SORTOP = OPERATOR(%I.%s)', n.nspname, o.oprname)
          FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace WHERE o.oid = ag.aggsortop),
         CASE ag.aggkind WHEN 'h' THEN ', HYPOTHETICAL' END,
         ', PARALLEL = ', CASE f.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END, ')'), NULL
FROM routine f
JOIN pg_catalog.pg_aggregate ag ON ag.aggfnoid = f.object
JOIN (VALUES ('r', 'READ_ONLY'), ('s', 'SHAREABLE'), ('w', 'READ_WRITE')) AS modify (letter, word) ON modify.letter = ag.aggfinalmodify::text
JOIN (VALUES ('r', 'READ_ONLY'), ('s', 'SHAREABLE'), ('w', 'READ_WRITE')) AS moving (letter, word) ON moving.letter = ag.aggmfinalmodify::text
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
