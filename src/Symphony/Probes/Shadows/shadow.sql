-- What a temporary table needs to refuse and to fill in as the real one does. In: schema, name. Out: one JSON document.
SELECT pg_catalog.jsonb_build_object(
  'keys', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', k.conname, 'definition', pg_catalog.pg_get_constraintdef(k.oid)) ORDER BY k.conname COLLATE "C")
    FROM pg_catalog.pg_constraint k
    WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')), '[]'),
  'references', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', k.conname, 'definition', pg_catalog.pg_get_constraintdef(k.oid)) ORDER BY k.conname COLLATE "C")
    FROM pg_catalog.pg_constraint k
    WHERE k.conrelid = c.oid AND k.contype = 'f'
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint parent
        WHERE parent.oid = k.conparentid AND parent.conrelid = k.conrelid)), '[]'),
  'indexes', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', x.relname, 'definition', pg_catalog.pg_get_indexdef(i.indexrelid)) ORDER BY x.relname COLLATE "C")
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
    WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid)), '[]'),
  'triggers', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', t.tgname, 'definition', pg_catalog.pg_get_triggerdef(t.oid), 'enabled', t.tgenabled)
      ORDER BY t.tgname COLLATE "C")
    FROM pg_catalog.pg_trigger t
    -- PostgreSQL 14 calls internal what a partition was given.
    WHERE t.tgrelid = c.oid AND (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstraint = 0))), '[]'),
  'rules', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', r.rulename, 'definition', pg_catalog.pg_get_ruledef(r.oid), 'enabled', r.ev_enabled)
      ORDER BY r.rulename COLLATE "C")
    FROM pg_catalog.pg_rewrite r
    WHERE r.ev_class = c.oid), '[]'),
  'owner', pg_catalog.pg_get_userbyid(c.relowner),
  'row_security', c.relrowsecurity,
  'forced', c.relforcerowsecurity,
  -- Whether row security holds the one who asks back.
  'binds', pg_catalog.row_security_active(c.oid),
  'policies', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', p.polname,
      'definition', pg_catalog.format('AS %s FOR %s TO %s',
        CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
        CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
        (SELECT pg_catalog.string_agg(
                  CASE WHEN m.role = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(m.role)) END, ', ')
         FROM pg_catalog.unnest(p.polroles) AS m (role)))
        || COALESCE(' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', '')
        || COALESCE(' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''))
      ORDER BY p.polname COLLATE "C")
    FROM pg_catalog.pg_policy p
    WHERE p.polrelid = c.oid), '[]')
)::pg_catalog.text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1::pg_catalog.text AND c.relname = $2::pg_catalog.text AND c.relkind IN ('r', 'p')
