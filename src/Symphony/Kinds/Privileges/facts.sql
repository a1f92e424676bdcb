-- What a role may do with an object, whoever gave it that. In: the object's schema, the object (a function with its
-- argument types), and sort:role, as in table:app_reader. Answers for objects and roles that are not there, too.
-- Everything is asked by OID: a name that does not exist would be an error, and hide every other answer.
SELECT s.subject::integer AS subject,
       json_build_object(
         'object', object.found IS NOT NULL,
         'role', w.role IS NOT NULL,
         'superuser', COALESCE(who.rolsuper, false),
         'database', CASE s.sort WHEN 'database' THEN pg_catalog.current_database() END,
         'owned', COALESCE(held.owned, false),
         'schema_usage', COALESCE(object.namespace IS NULL OR pg_catalog.has_schema_privilege(w.role, object.namespace, 'USAGE'), false),
         'privileges', COALESCE(held.privileges, '[]'),
         'by_set_role', COALESCE(held.by_set_role, '[]'),
         'grantable', COALESCE(held.grantable, '[]'),
         'columns', COALESCE(columns.held, '{}'),
         'columns_grantable', (
           SELECT COALESCE(json_object_agg(y.attname, y.privileges), '{}')
           FROM (
             SELECT a.attname, json_agg(DISTINCT g.privilege_type) AS privileges
             FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS g
             WHERE s.sort = 'table' AND a.attrelid = object.found AND a.attacl IS NOT NULL AND NOT a.attisdropped
               AND g.is_grantable AND g.grantee <> object.owner AND g.grantee <> 0
               AND EXISTS (
                 SELECT FROM pg_catalog.unnest(reach.roles) AS r (role)
                 WHERE r.role <> 0 AND pg_catalog.pg_has_role(r.role, g.grantee, 'USAGE'))
             GROUP BY a.attname) AS y),
         'columns_by_set_role', COALESCE(columns.by_set_role, '{}'),
         'children', COALESCE(children.held, '{}'),
         'granted', COALESCE(direct.granted, '[]'),
         'granted_to_public', COALESCE(direct.granted_to_public, '[]')) AS fact
FROM (
  SELECT u.*, pg_catalog.split_part(u.name, ':', 1) AS sort, pg_catalog.substr(u.name, pg_catalog.strpos(u.name, ':') + 1) AS grantee
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS u (schema_name, object_name, name, subject)) AS s
LEFT JOIN pg_catalog.pg_roles who
  ON who.rolname = CASE WHEN s.grantee = '"PUBLIC"' THEN 'PUBLIC' WHEN s.grantee = 'PUBLIC' THEN NULL ELSE s.grantee END
CROSS JOIN LATERAL (SELECT CASE WHEN s.grantee = 'PUBLIC' THEN 0::oid ELSE who.oid END AS role) AS w
LEFT JOIN LATERAL (
  SELECT c.oid AS found, c.relowner AS owner, c.relnamespace AS namespace, c.relkind::text AS kind,
         COALESCE(c.relacl, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)) AS acl
  FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.object_name
  WHERE n.nspname = s.schema_name
    AND ((s.sort = 'table' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')) OR (s.sort = 'sequence' AND c.relkind = 'S'))
  UNION ALL
  SELECT n.oid, n.nspowner, NULL, NULL, COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner))
  FROM pg_catalog.pg_namespace n
  WHERE s.sort = 'schema' AND n.nspname = s.schema_name
  UNION ALL
  SELECT p.oid, p.proowner, p.pronamespace, NULL, COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner))
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid
    AND p.proname = (CASE WHEN s.object_name LIKE '"%'
                          THEN pg_catalog.replace(pg_catalog.substring(s.object_name, '^"((?:[^"]|"")*)"'), '""', '"')
                          ELSE pg_catalog.split_part(s.object_name, '(', 1) END)::name
    AND s.object_name =
      -- include function_signature
  WHERE s.sort = 'function' AND n.nspname = s.schema_name
  UNION ALL
  SELECT t.oid, t.typowner, t.typnamespace, NULL, COALESCE(t.typacl, pg_catalog.acldefault('T', t.typowner))
  FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid AND t.typname = s.object_name
  WHERE s.sort = 'type' AND n.nspname = s.schema_name
  UNION ALL
  -- Who may see a setting sees that it is there; that something was granted on it everyone sees.
  SELECT COALESCE(pa.oid, 0), 10, NULL, st.context, COALESCE(pa.paracl, pg_catalog.acldefault('p', 10)) -- 15+
  SELECT 0, 10, NULL, st.context, NULL -- before 15
  FROM (SELECT pg_catalog.lower(s.object_name) AS name) AS p
  LEFT JOIN pg_catalog.pg_settings st ON pg_catalog.lower(st.name) = p.name
  LEFT JOIN pg_catalog.pg_parameter_acl pa ON pa.parname = p.name -- 15+
  WHERE s.sort = 'parameter' AND (st.name IS NOT NULL OR pa.oid IS NOT NULL) -- 15+
  WHERE s.sort = 'parameter' AND st.name IS NOT NULL -- before 15
  UNION ALL
  SELECT d.oid, d.datdba, NULL, NULL, COALESCE(d.datacl, pg_catalog.acldefault('d', d.datdba))
  FROM pg_catalog.pg_database d
  WHERE s.sort = 'database' AND d.datname = pg_catalog.current_database()) AS object ON true
-- The roles it can become: by SET ROLE, by granting itself the right to, and before 16 by creating roles.
LEFT JOIN LATERAL (
  WITH RECURSIVE reach (role, becomes) AS (
    SELECT w.role, true
    UNION
    SELECT m.roleid, m.becomes
    FROM reach x
    JOIN LATERAL (
      SELECT a.roleid, true AS becomes -- before 16
      FROM pg_catalog.pg_auth_members a WHERE a.member = x.role -- before 16
      UNION ALL SELECT o.oid, true FROM pg_catalog.pg_roles c, pg_catalog.pg_roles o WHERE c.oid = x.role AND c.rolcreaterole AND NOT o.rolsuper -- before 16
      SELECT a.roleid, a.admin_option OR (a.set_option AND x.becomes) AS becomes -- 16+
      FROM pg_catalog.pg_auth_members a -- 16+
      WHERE a.member = x.role AND (a.inherit_option OR a.admin_option OR (a.set_option AND x.becomes)) -- 16+
    ) AS m ON true)
  SELECT array_agg(DISTINCT x.role) AS roles FROM reach x WHERE x.becomes) AS reach ON w.role IS NOT NULL AND object.found IS NOT NULL
LEFT JOIN LATERAL (
  SELECT (SELECT bool_or(pg_catalog.pg_has_role(r.role, object.owner, 'USAGE')) FROM pg_catalog.unnest(reach.roles) AS r (role) WHERE r.role <> 0) AS owned,
         json_agg(q.privilege ORDER BY q.privilege COLLATE "C") FILTER (WHERE q.own) AS privileges,
         json_agg(q.privilege ORDER BY q.privilege COLLATE "C") FILTER (WHERE NOT q.own AND q.other) AS by_set_role,
         json_agg(q.privilege ORDER BY q.privilege COLLATE "C") FILTER (WHERE q.grantable) AS grantable
  FROM (
    SELECT p.privilege,
           bool_or(r.role = w.role AND h.has) AS own, bool_or(h.has) AS other,
           bool_or(h.has_option) AS grantable
    FROM (
      SELECT 'table', v FROM pg_catalog.unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS v
      UNION ALL SELECT 'table', 'MAINTAIN' -- 17+
      UNION ALL SELECT 'sequence', v FROM pg_catalog.unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) AS v
      UNION ALL SELECT 'schema', v FROM pg_catalog.unnest(ARRAY['CREATE', 'USAGE']) AS v
      UNION ALL SELECT 'function', 'EXECUTE'
      UNION ALL SELECT 'type', 'USAGE'
      UNION ALL SELECT 'parameter', v FROM pg_catalog.unnest(ARRAY['SET', 'ALTER SYSTEM']) AS v
      UNION ALL SELECT 'database', v FROM pg_catalog.unnest(ARRAY['CREATE', 'CONNECT', 'TEMPORARY']) AS v) AS p (sort, privilege)
    CROSS JOIN pg_catalog.unnest(reach.roles) AS r (role)
    CROSS JOIN LATERAL (
      SELECT CASE p.sort
               WHEN 'table' THEN pg_catalog.has_table_privilege(r.role, object.found, p.privilege)
               WHEN 'sequence' THEN pg_catalog.has_sequence_privilege(r.role, object.found, p.privilege)
               WHEN 'schema' THEN pg_catalog.has_schema_privilege(r.role, object.found, p.privilege)
               WHEN 'function' THEN pg_catalog.has_function_privilege(r.role, object.found, p.privilege)
               WHEN 'type' THEN pg_catalog.has_type_privilege(r.role, object.found, p.privilege)
               WHEN 'parameter' THEN (p.privilege = 'SET' AND object.kind IN ('user', 'backend'))
                 OR pg_catalog.has_parameter_privilege(r.role, s.object_name, p.privilege) -- 15+
                 OR EXISTS (SELECT FROM pg_catalog.pg_roles su WHERE su.oid = r.role AND su.rolsuper) -- before 15
               ELSE pg_catalog.has_database_privilege(r.role, object.found, p.privilege) END AS has,
             -- The owner's own are no grant that could be passed on: an owner grants what it likes.
             EXISTS (
               SELECT FROM pg_catalog.aclexplode(object.acl) AS g
               WHERE g.is_grantable AND g.privilege_type = p.privilege AND g.grantee <> object.owner AND g.grantee <> 0
                 AND r.role <> 0 AND pg_catalog.pg_has_role(r.role, g.grantee, 'USAGE')) AS has_option) AS h
    WHERE p.sort = s.sort
    GROUP BY p.privilege) AS q) AS held ON reach.roles IS NOT NULL
-- Every column's privileges, whether they come of the table's or of its own; a system column's, which shows that rows
-- are there, where it has any of its own.
LEFT JOIN LATERAL (
  SELECT json_object_agg(c.attname, c.own) AS held,
         json_object_agg(c.attname, c.other) FILTER (WHERE c.other::text <> '[]') AS by_set_role
  FROM (
    SELECT h.attname,
           COALESCE(json_agg(h.privilege ORDER BY h.privilege COLLATE "C") FILTER (WHERE h.own), '[]') AS own,
           COALESCE(json_agg(h.privilege ORDER BY h.privilege COLLATE "C") FILTER (WHERE h.other AND NOT h.own), '[]') AS other
    FROM (
      SELECT a.attname, p.privilege,
             bool_or(r.role = w.role AND pg_catalog.has_column_privilege(r.role, object.found, a.attnum, p.privilege)) AS own,
             bool_or(pg_catalog.has_column_privilege(r.role, object.found, a.attnum, p.privilege)) AS other
      FROM pg_catalog.pg_attribute a
      CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) AS p (privilege)
      CROSS JOIN pg_catalog.unnest(reach.roles) AS r (role)
      WHERE a.attrelid = object.found AND (a.attnum > 0 OR a.attacl IS NOT NULL) AND NOT a.attisdropped
      GROUP BY a.attname, p.privilege) AS h
    GROUP BY h.attname) AS c) AS columns ON s.sort = 'table' AND reach.roles IS NOT NULL
-- The partitions and children below, which can be named in place of the table: what can be done with any column, and
-- with each.
LEFT JOIN LATERAL (
  WITH RECURSIVE tree (relation) AS (
    SELECT h.inhrelid FROM pg_catalog.pg_inherits h WHERE h.inhparent = object.found
    UNION
    SELECT h.inhrelid FROM tree t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.relation)
  SELECT json_object_agg(k.relation, json_build_object('any', k.privileges, 'columns', k.columns)) AS held
  FROM (
    SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS relation,
           (SELECT json_agg(DISTINCT p.privilege)
            FROM (
              VALUES ('SELECT', true), ('INSERT', true), ('UPDATE', true), ('REFERENCES', true), ('DELETE', false), ('TRUNCATE', false), ('TRIGGER', false)
              , ('MAINTAIN', false) -- 17+
            ) AS p (privilege, of_columns)
            CROSS JOIN pg_catalog.unnest(reach.roles) AS r (role)
            WHERE CASE WHEN p.of_columns THEN pg_catalog.has_any_column_privilege(r.role, c.oid, p.privilege) OR EXISTS (
                         SELECT FROM pg_catalog.pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attnum < 0 AND a.attacl IS NOT NULL
                           AND pg_catalog.has_column_privilege(r.role, c.oid, a.attnum, p.privilege))
                       ELSE pg_catalog.has_table_privilege(r.role, c.oid, p.privilege) END) AS privileges,
           (SELECT COALESCE(json_object_agg(o.attname, o.privileges), '{}')
            FROM (
              SELECT a.attname, json_agg(DISTINCT p.privilege) AS privileges
              FROM pg_catalog.pg_attribute a
              CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) AS p (privilege)
              CROSS JOIN pg_catalog.unnest(reach.roles) AS r (role)
              WHERE a.attrelid = c.oid AND (a.attnum > 0 OR a.attacl IS NOT NULL) AND NOT a.attisdropped
                AND pg_catalog.has_column_privilege(r.role, c.oid, a.attnum, p.privilege)
              GROUP BY a.attname) AS o) AS columns
    FROM tree t
    JOIN pg_catalog.pg_class c ON c.oid = t.relation AND c.relpersistence <> 't'
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace) AS k
  WHERE k.privileges IS NOT NULL) AS children ON s.sort = 'table' AND reach.roles IS NOT NULL
LEFT JOIN LATERAL (
  SELECT json_agg(DISTINCT g.privilege_type) FILTER (WHERE g.grantee = w.role) AS granted,
         json_agg(DISTINCT g.privilege_type) FILTER (WHERE g.grantee = 0) AS granted_to_public
  FROM (
    SELECT x.grantee, x.privilege_type FROM pg_catalog.aclexplode(object.acl) AS x
    UNION ALL
    SELECT x.grantee, x.privilege_type
    FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS x
    WHERE s.sort = 'table' AND a.attrelid = object.found AND NOT a.attisdropped) AS g) AS direct ON w.role IS NOT NULL AND object.found IS NOT NULL
