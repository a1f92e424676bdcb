-- A role as the catalog holds it, and what it can become. In: (not used), (not used), role.
SELECT s.subject::integer AS subject,
       json_build_object(
         'login', r.rolcanlogin,
         'superuser', r.rolsuper,
         'bypassrls', r.rolbypassrls,
         'createrole', r.rolcreaterole,
         'createdb', r.rolcreatedb,
         'replication', r.rolreplication,
         'inherit', r.rolinherit,
         'connection_limit', r.rolconnlimit,
         'becomes', reach.becomes,
         'server_access', reach.server_access,
         'member_of', (
           WITH RECURSIVE above (role) AS (
             SELECT m.roleid FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid
             UNION
             SELECT m.roleid FROM above a JOIN pg_catalog.pg_auth_members m ON m.member = a.role)
           SELECT COALESCE(json_agg(b.rolname ORDER BY b.rolname COLLATE "C"), '[]')
           FROM above a JOIN pg_catalog.pg_roles b ON b.oid = a.role),
         'granted', (
           SELECT COALESCE(json_agg(
                    json_build_object(
                      'role', b.rolname,
                      'by', NULL) -- before 16
                      'by', CASE WHEN m.grantor <> 10 THEN pg_catalog.pg_get_userbyid(m.grantor) END) -- 16+
                    ORDER BY b.rolname COLLATE "C", m.grantor <> 10, pg_catalog.pg_get_userbyid(m.grantor) COLLATE "C"), '[]')
           FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles b ON b.oid = m.roleid
           WHERE m.member = r.oid),
         'members', (
           WITH RECURSIVE below (role) AS (
             SELECT m.member FROM pg_catalog.pg_auth_members m WHERE m.roleid = r.oid
             UNION
             SELECT m.member FROM below a JOIN pg_catalog.pg_auth_members m ON m.roleid = a.role)
           SELECT COALESCE(json_agg(b.rolname ORDER BY b.rolname COLLATE "C"), '[]')
           FROM below a JOIN pg_catalog.pg_roles b ON b.oid = a.role),
         'may_skip_triggers', reach.may_skip_triggers,
         'sessions_without_triggers', (
           -- include sessions_without_triggers
           WHERE x.role IN (0, r.oid))) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_roles r ON r.rolname = s.name
-- becomes: it can SET ROLE to it, or give itself the right to; else it has the role's privileges and no more.
CROSS JOIN LATERAL (
  WITH RECURSIVE reach (role, becomes) AS (
    SELECT r.oid, true
    UNION
    SELECT m.roleid, true -- before 16
    SELECT m.roleid, m.admin_option OR (m.set_option AND x.becomes) -- 16+
    FROM reach x
    JOIN pg_catalog.pg_auth_members m ON m.member = x.role
      AND (m.inherit_option OR m.admin_option OR (m.set_option AND x.becomes)) -- 16+
  ), other AS (
    SELECT b.oid, b.rolname, b.rolsuper, b.rolbypassrls, b.rolcreaterole, b.rolcreatedb, b.rolreplication, bool_or(x.becomes) AS becomes
    FROM reach x JOIN pg_catalog.pg_roles b ON b.oid = x.role
    WHERE x.role <> r.oid
    GROUP BY b.oid, b.rolname, b.rolsuper, b.rolbypassrls, b.rolcreaterole, b.rolcreatedb, b.rolreplication
  )
  SELECT json_build_object(
           -- Who has a superuser's privileges owns its functions, and can have them do anything.
           'superuser', COALESCE(json_agg(o.rolname ORDER BY o.rolname COLLATE "C") FILTER (WHERE o.rolsuper), '[]'),
           'bypassrls', COALESCE(json_agg(o.rolname ORDER BY o.rolname COLLATE "C") FILTER (WHERE o.becomes AND o.rolbypassrls), '[]'),
           'createrole', COALESCE(json_agg(o.rolname ORDER BY o.rolname COLLATE "C") FILTER (WHERE o.becomes AND o.rolcreaterole), '[]'),
           'createdb', COALESCE(json_agg(o.rolname ORDER BY o.rolname COLLATE "C") FILTER (WHERE o.becomes AND o.rolcreatedb), '[]'),
           'replication', COALESCE(json_agg(o.rolname ORDER BY o.rolname COLLATE "C") FILTER (WHERE o.becomes AND o.rolreplication), '[]')) AS becomes,
         -- PostgreSQL manual, "Predefined Roles": with these a superuser's rights can be had.
         COALESCE(json_agg(o.rolname ORDER BY o.rolname COLLATE "C") FILTER (
           WHERE o.rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')), '[]') AS server_access,
         '[]'::json AS may_skip_triggers -- before 15
         ( -- 15+
           SELECT COALESCE(json_agg(DISTINCT CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(g.grantee) END), '[]') -- 15+
           FROM pg_catalog.pg_parameter_acl p CROSS JOIN pg_catalog.aclexplode(p.paracl) AS g -- 15+
           WHERE p.parname = 'session_replication_role' AND (g.grantee IN (0, r.oid) OR g.grantee IN (SELECT o.oid FROM other o))) AS may_skip_triggers -- 15+
  FROM other o) AS reach
