-- What stands on a relation: constraints, indexes, triggers, rules, policies.
SELECT d.class, d.object, CASE con.contype WHEN 'n' THEN 60 WHEN 'c' THEN 62 WHEN 'f' THEN 63 ELSE 61 END AS phase,
       r.name || ' ' || pg_catalog.quote_ident(con.conname) AS name,
       pg_catalog.format('ALTER TABLE %s ADD CONSTRAINT %I %s', r.name, con.conname, pg_catalog.pg_get_constraintdef(con.oid)) AS text,
       NULL::text[] AS roles
FROM made d
JOIN pg_catalog.pg_constraint con ON d.class = 'pg_catalog.pg_constraint'::regclass AND con.oid = d.object
JOIN relation r ON r.oid = con.conrelid AND con.conislocal AND con.conparentid = 0 AND con.contype <> 't'
WHERE con.contype <> 'n' OR NOT EXISTS (
  SELECT FROM attribute a WHERE a.attrelid = r.oid AND a.attnum = con.conkey[1] AND a.attidentity <> '')
UNION ALL
SELECT d.class, d.object, 67, i.indexrelid::pg_catalog.regclass::text, pg_catalog.pg_get_indexdef(i.indexrelid), NULL
FROM made d
JOIN pg_catalog.pg_index i ON d.class = 'pg_catalog.pg_class'::regclass AND i.indexrelid = d.object
JOIN relation r ON r.oid = i.indrelid
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint con WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = i.indexrelid)
UNION ALL
SELECT d.class, d.object, 70, r.name || ' ' || pg_catalog.quote_ident(t.tgname), pg_catalog.pg_get_triggerdef(t.oid), NULL
FROM made d
JOIN pg_catalog.pg_trigger t ON d.class = 'pg_catalog.pg_trigger'::regclass AND t.oid = d.object AND NOT t.tgisinternal AND t.tgparentid = 0
JOIN relation r ON r.oid = t.tgrelid
UNION ALL
SELECT NULL, NULL, 80, r.name, pg_catalog.format('ALTER TABLE ONLY %s DISABLE TRIGGER ALL', r.name), NULL
FROM relation r WHERE r.is_unguarded
UNION ALL
SELECT NULL, NULL, 81, r.name || ' ' || pg_catalog.quote_ident(t.tgname), pg_catalog.format('ALTER TABLE ONLY %s %s TRIGGER %I', r.name,
         CASE t.tgenabled WHEN 'O' THEN 'ENABLE' WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, t.tgname), NULL
FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND (t.tgenabled <> 'O' OR r.is_unguarded) AND (NOT t.tgisinternal
  OR t.tgparentid <> 0 -- before 15
)
UNION ALL
SELECT d.class, d.object, 75, r.name || ' ' || pg_catalog.quote_ident(w.rulename), pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';'), NULL
FROM made d
JOIN pg_catalog.pg_rewrite w ON d.class = 'pg_catalog.pg_rewrite'::regclass AND w.oid = d.object AND w.rulename <> '_RETURN'
JOIN relation r ON r.oid = w.ev_class
UNION ALL
SELECT NULL, NULL, 81, r.name || ' ' || pg_catalog.quote_ident(w.rulename), pg_catalog.format('ALTER TABLE %s %s RULE %I', r.name,
         CASE w.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, w.rulename), NULL
FROM relation r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid AND w.ev_enabled <> 'O'
UNION ALL
SELECT NULL, NULL, 82, r.name, pg_catalog.format('ALTER TABLE %s %s ROW LEVEL SECURITY', r.name, s.word), NULL
FROM relation r
JOIN (VALUES ('ENABLE'), ('FORCE')) AS s (word)
  ON CASE s.word WHEN 'ENABLE' THEN r.relrowsecurity ELSE r.relforcerowsecurity END
UNION ALL
SELECT d.class, d.object, 78, r.name || ' ' || pg_catalog.quote_ident(p.polname), pg_catalog.concat_ws(' ',
         pg_catalog.format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', p.polname, r.name,
           CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
           CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
           whom.list),
         'USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',
         'WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')'), whom.names
FROM made d
JOIN pg_catalog.pg_policy p ON d.class = 'pg_catalog.pg_policy'::regclass AND p.oid = d.object
JOIN relation r ON r.oid = p.polrelid
CROSS JOIN LATERAL (
  SELECT pg_catalog.array_agg(o.rolname::text ORDER BY o.rolname COLLATE "C") FILTER (WHERE o.oid IS NOT NULL) AS names,
         pg_catalog.string_agg(CASE m.role WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(o.rolname) END, ', '
           ORDER BY o.rolname COLLATE "C") AS list
  FROM pg_catalog.unnest(p.polroles) AS m (role)
  LEFT JOIN pg_catalog.pg_roles o ON o.oid = m.role) AS whom
