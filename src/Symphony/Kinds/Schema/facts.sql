-- A schema, its owner, and to whom its rights were granted. In: schema, (not used), (not used).
SELECT s.subject::integer AS subject,
       json_build_object(
         'owner', pg_catalog.pg_get_userbyid(n.nspowner),
         'create', COALESCE(granted.creating, '[]'),
         'usage', COALESCE(granted.using, '[]')) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
CROSS JOIN LATERAL (
  SELECT json_agg(a.grant ORDER BY a.name COLLATE "C") FILTER (WHERE a.privilege_type = 'CREATE') AS creating,
         json_agg(a.grant ORDER BY a.name COLLATE "C") FILTER (WHERE a.privilege_type = 'USAGE') AS using
  FROM (
    SELECT g.privilege_type, w.name,
           json_build_object('role', w.name, 'superuser', COALESCE(r.rolsuper, false), 'grantable', g.grantable, 'members', (
             -- include grantee_members
           )) AS grant
    FROM (
      SELECT x.grantee, x.privilege_type, bool_or(x.is_grantable) AS grantable
      FROM pg_catalog.aclexplode(COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) AS x
      WHERE x.grantee <> n.nspowner
      GROUP BY x.grantee, x.privilege_type) AS g
    LEFT JOIN pg_catalog.pg_roles r ON r.oid = g.grantee
    CROSS JOIN LATERAL (
      SELECT CASE WHEN g.grantee = 0 THEN 'PUBLIC' WHEN r.rolname = 'PUBLIC' THEN '"PUBLIC"' ELSE r.rolname::text END AS name) AS w
    WHERE w.name IS NOT NULL) AS a) AS granted
