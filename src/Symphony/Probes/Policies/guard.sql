-- What stands between a role and the rows of a table. In: schema, table, role. Out: one JSON document; none where there
-- is no such table or role.
SELECT pg_catalog.jsonb_build_object(
  'owner', pg_catalog.pg_get_userbyid(c.relowner),
  'exempt', CASE
    WHEN NOT c.relrowsecurity THEN 'Row security of the table is off.'
    WHEN r.rolsuper THEN 'It is a superuser, whom no policy holds back.'
    WHEN r.rolbypassrls THEN 'It has BYPASSRLS, so that no policy holds it back.'
    WHEN NOT c.relforcerowsecurity AND r.oid = c.relowner
      THEN 'It owns the table, whose row security is not forced.'
    WHEN NOT c.relforcerowsecurity AND pg_catalog.pg_has_role(r.oid, c.relowner, 'USAGE')
      THEN 'It has the rights of the table''s owner through membership, and row security is not forced.' END,
  -- So that it is another where somebody else owns the table.
  'by_ownership', c.relrowsecurity AND NOT c.relforcerowsecurity AND NOT r.rolsuper AND NOT r.rolbypassrls
    AND pg_catalog.pg_has_role(r.oid, c.relowner, 'USAGE'),
  -- Those that are for the role; a policy without a condition for something lets nothing through there.
  'policies', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', p.polname,
      'command', (
        -- include policy_command
      ),
      'permissive', p.polpermissive,
      'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
      'with_check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)) ORDER BY p.polname COLLATE "C")
    FROM pg_catalog.pg_policy p
    WHERE p.polrelid = c.oid AND EXISTS (
      SELECT FROM pg_catalog.unnest(p.polroles) AS for_whom (role)
      WHERE for_whom.role = 0 OR pg_catalog.pg_has_role(r.oid, for_whom.role, 'USAGE'))), '[]')
)::pg_catalog.text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN pg_catalog.pg_roles r
WHERE n.nspname = $1::pg_catalog.text AND c.relname = $2::pg_catalog.text AND c.relkind IN ('r', 'p')
  AND r.rolname = $3::pg_catalog.text
