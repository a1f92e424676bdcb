-- What is granted on a new object of a sort that a role creates, its own rights left out. In: schema or NULL, (not
-- used), sort:role, as in tables:app_owner. Defaults of all schemas, or those built in, and those of the one schema add up.
SELECT s.subject::integer AS subject,
       json_build_object(
         'schema', s.schema_name IS NULL OR n.oid IS NOT NULL,
         'grants', COALESCE(granted.grants, '{}'),
         'grantable', COALESCE(granted.grantable, '[]')) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_roles r ON r.rolname = pg_catalog.substr(s.name, pg_catalog.strpos(s.name, ':') + 1)
JOIN (VALUES ('tables', 'r', 'r'), ('sequences', 'S', 's'), ('functions', 'f', 'f'), ('types', 'T', 'T'), ('schemas', 'n', 'n'))
  AS o (sort, kept, built_in) ON o.sort = pg_catalog.split_part(s.name, ':', 1)
LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
LEFT JOIN pg_catalog.pg_default_acl general ON general.defaclrole = r.oid AND general.defaclnamespace = 0 AND general.defaclobjtype = o.kept::"char"
LEFT JOIN pg_catalog.pg_default_acl special ON special.defaclrole = r.oid AND special.defaclnamespace = n.oid AND special.defaclobjtype = o.kept::"char"
CROSS JOIN LATERAL (
  SELECT json_object_agg(e.grantee, e.privileges) AS grants,
         json_agg(e.grantee ORDER BY e.grantee COLLATE "C") FILTER (WHERE e.grantable) AS grantable
  FROM (
    SELECT w.grantee, json_agg(DISTINCT a.privilege_type) AS privileges, bool_or(a.is_grantable) AS grantable
    FROM (
      SELECT * FROM pg_catalog.aclexplode(COALESCE(general.defaclacl, pg_catalog.acldefault(o.built_in::"char", r.oid)))
      UNION ALL
      SELECT * FROM pg_catalog.aclexplode(special.defaclacl)) AS a
    LEFT JOIN pg_catalog.pg_roles g ON g.oid = a.grantee
    CROSS JOIN LATERAL (
      SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' WHEN g.rolname = 'PUBLIC' THEN '"PUBLIC"' ELSE g.rolname::text END AS grantee) AS w
    WHERE a.grantee <> r.oid AND w.grantee IS NOT NULL
    GROUP BY w.grantee) AS e) AS granted
