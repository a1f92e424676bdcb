-- Owners, of tables always; and where privileges count of everything, with what is granted to everyone, to owners
-- and to the roles that count.
SELECT NULL::oid AS class, NULL::oid AS object, 90 AS phase, g.name, pg_catalog.format('ALTER %s OWNER TO %I', g.altered, o.rolname) AS text,
       ARRAY[o.rolname::text] AS roles
FROM grantable g
JOIN pg_catalog.pg_roles o ON o.oid = g.owner
WHERE g.altered IS NOT NULL AND ($4::boolean OR g.altered LIKE 'TABLE %')
UNION ALL
SELECT NULL, NULL, 91, g.name, pg_catalog.format('REVOKE ALL%s ON %s FROM PUBLIC, %I', g.columns, g.target, o.rolname), ARRAY[o.rolname::text]
FROM grantable g
JOIN pg_catalog.pg_roles o ON o.oid = g.owner
WHERE $4::boolean AND g.acl IS NOT NULL AND g.columns IS NULL
UNION ALL
SELECT NULL, NULL, 92, g.name, pg_catalog.format('GRANT %s ON %s TO %s%s', pg_catalog.string_agg(DISTINCT a.privilege_type || COALESCE(g.columns, ''), ', '),
         g.target, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(o.rolname) END,
         CASE WHEN a.is_grantable AND a.grantee <> g.owner THEN ' WITH GRANT OPTION' END),
       CASE WHEN a.grantee <> 0 THEN ARRAY[o.rolname::text] END
FROM grantable g
CROSS JOIN LATERAL pg_catalog.aclexplode(g.acl) AS a
LEFT JOIN pg_catalog.pg_roles o ON o.oid = a.grantee
WHERE $4::boolean AND (a.grantee IN (0, g.owner) OR o.rolname = ANY ($5::text[]))
GROUP BY g.name, g.target, g.columns, g.owner, a.grantee, a.is_grantable, o.rolname
UNION ALL
SELECT NULL, NULL, 95, pg_catalog.concat_ws(' ', o.rolname, t.words),
       pg_catalog.concat('ALTER DEFAULT PRIVILEGES FOR ROLE ', pg_catalog.quote_ident(o.rolname), ' REVOKE ALL ON ', t.words, ' FROM PUBLIC'), ARRAY[o.rolname::text]
FROM seed s
JOIN pg_catalog.pg_roles o ON s.sort = 'defaults' AND o.rolname = s.object_name
JOIN pg_catalog.pg_default_acl d ON d.defaclrole = o.oid AND d.defaclnamespace = 0
JOIN (VALUES ('r', 'TABLES'), ('S', 'SEQUENCES'), ('f', 'ROUTINES'), ('T', 'TYPES'), ('n', 'SCHEMAS')) AS t (letter, words) ON t.letter = d.defaclobjtype::text
GROUP BY o.rolname, t.words
UNION ALL
SELECT NULL, NULL, 96, pg_catalog.concat_ws(' ', o.rolname, n.nspname, t.words),
       pg_catalog.concat('ALTER DEFAULT PRIVILEGES FOR ROLE ', pg_catalog.quote_ident(o.rolname), ' IN SCHEMA ' || pg_catalog.quote_ident(n.nspname),
         ' GRANT ', pg_catalog.string_agg(DISTINCT a.privilege_type, ', '), ' ON ', t.words, ' TO ',
         CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(w.rolname) END, CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' END),
       pg_catalog.array_remove(ARRAY[o.rolname::text, w.rolname::text], NULL)
FROM (SELECT DISTINCT s.object_name FROM seed s WHERE s.sort = 'defaults') AS s
JOIN pg_catalog.pg_roles o ON o.rolname = s.object_name
JOIN pg_catalog.pg_default_acl d ON d.defaclrole = o.oid
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
JOIN (VALUES ('r', 'TABLES'), ('S', 'SEQUENCES'), ('f', 'ROUTINES'), ('T', 'TYPES'), ('n', 'SCHEMAS')) AS t (letter, words) ON t.letter = d.defaclobjtype::text
CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) AS a
LEFT JOIN pg_catalog.pg_roles w ON w.oid = a.grantee
WHERE a.grantee <> d.defaclrole AND (a.grantee = 0 OR w.oid IS NOT NULL)
  AND (n.oid IS NULL OR EXISTS (SELECT FROM space v WHERE v.nspname = n.nspname))
GROUP BY o.rolname, n.nspname, t.words, a.grantee, a.is_grantable, w.rolname
