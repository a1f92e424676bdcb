-- Policies as the catalog holds them. The WHERE that follows chooses them: p is pg_policy.
SELECT COALESCE(json_agg(
         json_build_object(
           'name', p.polname,
           'command', (
             -- include policy_command
           ),
           'permissive', p.polpermissive,
           'roles', (
             SELECT json_agg(x.name ORDER BY x.name COLLATE "C")
             FROM (SELECT CASE WHEN m.role = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(m.role) END AS name
                   FROM pg_catalog.unnest(p.polroles) AS m (role)) AS x),
           'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
           'with_check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid),
           'calls', EXISTS (
             SELECT FROM pg_catalog.pg_depend dep
             WHERE dep.classid = 'pg_catalog.pg_policy'::regclass AND dep.objid = p.oid
               AND dep.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)))
         ORDER BY p.polname COLLATE "C"), '[]')
FROM pg_catalog.pg_policy p
