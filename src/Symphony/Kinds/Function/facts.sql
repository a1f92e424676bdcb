-- A function or procedure as the catalog holds it. In: schema, (not used), name(types) as facts of functions write it.
-- Names are compared as text, never resolved: what is no type is no function either.
SELECT s.subject::integer AS subject,
       json_build_object(
         'kind', CASE p.prokind WHEN 'f' THEN 'function' WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'window' END,
         'language', l.lanname,
         'security', CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END,
         'search_path', path.schemas,
         'names_fixed', p.prosqlbody IS NOT NULL AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_depend d
           LEFT JOIN pg_catalog.pg_operator o ON d.refclassid = 'pg_catalog.pg_operator'::regclass AND o.oid = d.refobjid
           JOIN pg_catalog.pg_proc c
             ON c.oid = CASE WHEN d.refclassid = 'pg_catalog.pg_proc'::regclass THEN d.refobjid ELSE o.oprcode END
           WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid),
         'open_schemas', CASE WHEN p.prosecdef THEN COALESCE(open.schemas, '[]') ELSE '[]' END,
         'settings', CASE WHEN p.proconfig IS NULL THEN '[]' ELSE (
           SELECT COALESCE(json_agg(
                    json_build_object(
                      'name', x.name,
                      'value', x.value,
                      'type', st.vartype,
                      'unit', st.unit,
                      'choices', COALESCE(pg_catalog.to_json(st.enumvals), '[]'))
                    ORDER BY x.name COLLATE "C"), '[]')
           FROM (
             SELECT pg_catalog.split_part(c.setting, '=', 1) AS name,
                    pg_catalog.substr(c.setting, pg_catalog.strpos(c.setting, '=') + 1) AS value
             FROM pg_catalog.unnest(p.proconfig) AS c (setting)
             WHERE c.setting NOT LIKE 'search\_path=%') AS x
           -- Those of libraries, with a dot, are known only to sessions that have loaded them.
           LEFT JOIN pg_catalog.pg_settings st ON st.name = x.name AND x.name NOT LIKE '%.%') END,
         'volatility', CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
         'parallel', CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END,
         'strict', p.proisstrict,
         'leakproof', p.proleakproof,
         -- What an extension made is its own affair.
         'support', (
           SELECT json_build_object('schema', sn.nspname, 'name', sp.proname)
           FROM pg_catalog.pg_proc sp JOIN pg_catalog.pg_namespace sn ON sn.oid = sp.pronamespace
           WHERE sp.oid = p.prosupport AND NOT EXISTS (
             SELECT FROM pg_catalog.pg_depend d
             WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')),
         'arguments', pg_catalog.pg_get_function_arguments(p.oid),
         'returns', pg_catalog.pg_get_function_result(p.oid),
         'owner', pg_catalog.pg_get_userbyid(p.proowner),
         'execute', COALESCE(granted.executing, '[]'),
         -- Of a function in C, the library and its symbol.
         'body', COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.probin || E'\n' || p.prosrc, p.prosrc)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid
  AND p.proname = (CASE WHEN s.name LIKE '"%'
                        THEN pg_catalog.replace(pg_catalog.substring(s.name, '^"((?:[^"]|"")*)"'), '""', '"')
                        ELSE pg_catalog.split_part(s.name, '(', 1) END)::name
  AND s.name =
    -- include function_signature
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
CROSS JOIN LATERAL (
  SELECT json_agg(e.schema ORDER BY e.place) FILTER (WHERE e.schema <> '') AS named,
         CASE WHEN pg_catalog.count(*) > 0 THEN COALESCE(json_agg(e.schema ORDER BY e.place) FILTER (WHERE e.schema <> ''), '[]') END AS schemas
  FROM pg_catalog.unnest(p.proconfig) AS c (setting)
  CROSS JOIN LATERAL (
    SELECT COALESCE(pg_catalog.replace(m.part[1], '""', '"'), pg_catalog.lower(m.part[2])) AS schema, m.place
    FROM pg_catalog.regexp_matches(pg_catalog.substr(c.setting, 13), '"((?:[^"]|"")*)"|([^",[:space:]]+)', 'g')
      WITH ORDINALITY AS m (part, place)) AS e
  WHERE c.setting LIKE 'search\_path=%') AS path
-- Who can connect and may create in a schema of the path, directly, as its owner, or by creating a schema that is
-- not there; not the function's owner and who can become it, for whom the function hides nothing.
CROSS JOIN LATERAL (
  SELECT json_agg(
           json_build_object('schema', v.schema, 'role', v.role, 'grantee', v.grantee)
           ORDER BY v.schema COLLATE "C", v.role COLLATE "C", v.grantee COLLATE "C") AS schemas
  FROM (
    SELECT DISTINCT e.schema,
           CASE WHEN c.role = 0 THEN 'PUBLIC' WHEN r.rolname = 'PUBLIC' THEN '"PUBLIC"' ELSE r.rolname::text END AS role,
           CASE WHEN c.granted THEN CASE WHEN c.holder = 0 THEN 'PUBLIC' WHEN h.rolname = 'PUBLIC' THEN '"PUBLIC"' ELSE h.rolname::text END END AS grantee
    FROM pg_catalog.json_array_elements_text(path.named) AS x (name)
    CROSS JOIN LATERAL (SELECT CASE WHEN x.name = '$user' THEN pg_catalog.pg_get_userbyid(p.proowner)::text ELSE x.name END AS schema) AS e
    LEFT JOIN pg_catalog.pg_namespace v ON v.nspname = e.schema
    CROSS JOIN LATERAL (
      WITH RECURSIVE creators (role, holder, granted) AS (
        SELECT a.role, a.role, a.granted
        FROM (
          SELECT g.grantee, v.oid IS NOT NULL AND g.grantee <> v.nspowner
          FROM pg_catalog.pg_database d
          CROSS JOIN LATERAL pg_catalog.aclexplode(
            CASE WHEN v.oid IS NULL THEN COALESCE(d.datacl, pg_catalog.acldefault('d', d.datdba))
                 ELSE COALESCE(v.nspacl, pg_catalog.acldefault('n', v.nspowner)) END) AS g
          WHERE d.datname = pg_catalog.current_database() AND g.privilege_type = 'CREATE'
          UNION
          SELECT v.nspowner, false WHERE v.oid IS NOT NULL) AS a (role, granted)
        UNION
        SELECT m.member, k.holder, k.granted
        FROM creators k
        JOIN LATERAL (
          SELECT a.member FROM pg_catalog.pg_auth_members a
          WHERE a.roleid = k.role
            AND (a.inherit_option OR a.set_option OR a.admin_option) -- 16+
          UNION ALL
          SELECT d.datdba FROM pg_catalog.pg_database d
          WHERE d.datname = pg_catalog.current_database() AND pg_catalog.pg_get_userbyid(k.role) = 'pg_database_owner') AS m ON true)
      SELECT k.role, k.holder, k.granted FROM creators k) AS c
    LEFT JOIN pg_catalog.pg_roles r ON r.oid = c.role
    LEFT JOIN pg_catalog.pg_roles h ON h.oid = c.holder
    WHERE x.name <> 'pg_temp'
      AND (c.role = 0 OR (r.rolcanlogin AND NOT r.rolsuper AND r.oid <> p.proowner
        AND NOT pg_catalog.pg_has_role(r.oid, p.proowner, 'MEMBER') -- before 16
        AND NOT pg_catalog.pg_has_role(r.oid, p.proowner, 'USAGE') AND NOT pg_catalog.pg_has_role(r.oid, p.proowner, 'SET') -- 16+
      ))) AS v) AS open
CROSS JOIN LATERAL (
  SELECT json_agg(a.grant ORDER BY a.name COLLATE "C") AS executing
  FROM (
    SELECT w.name,
           json_build_object('role', w.name, 'superuser', COALESCE(r.rolsuper, false), 'grantable', g.grantable, 'members', (
             -- include grantee_members
           )) AS grant
    FROM (
      SELECT x.grantee, bool_or(x.is_grantable) AS grantable
      FROM pg_catalog.aclexplode(COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner))) AS x
      WHERE x.grantee <> p.proowner
      GROUP BY x.grantee) AS g
    LEFT JOIN pg_catalog.pg_roles r ON r.oid = g.grantee
    CROSS JOIN LATERAL (
      SELECT CASE WHEN g.grantee = 0 THEN 'PUBLIC' WHEN r.rolname = 'PUBLIC' THEN '"PUBLIC"' ELSE r.rolname::text END AS name) AS w
    WHERE w.name IS NOT NULL) AS a) AS granted
