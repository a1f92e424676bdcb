-- Roles whose attributes and memberships count, with those that they are members of at any distance, and those that
-- are only named. In: the former, the latter. What the server has itself (pg_…) nobody makes.
WITH RECURSIVE counted (role) AS (
  SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = ANY ($1::text[])
  UNION
  SELECT m.roleid FROM counted c JOIN pg_catalog.pg_auth_members m ON m.member = c.role
)
SELECT r.rolname::text AS name, r.oid IN (SELECT c.role FROM counted c) AS counts,
       -- include role_attributes
       AS attributes,
       (SELECT pg_catalog.json_agg(
                 json_build_object(
                   'role', b.rolname,
                   'inherit', m.inherit_option, 'set', m.set_option, 'by', CASE WHEN m.grantor <> 10 THEN pg_catalog.pg_get_userbyid(m.grantor) END, -- 16+
                   'admin', m.admin_option)
                 ORDER BY m.grantor <> 10, b.rolname COLLATE "C", pg_catalog.pg_get_userbyid(m.grantor) COLLATE "C")::text
        FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles b ON b.oid = m.roleid
        WHERE m.member = r.oid AND m.member IN (SELECT c.role FROM counted c) AND m.roleid IN (SELECT c.role FROM counted c)) AS granted
FROM pg_catalog.pg_roles r
WHERE r.oid IN (SELECT c.role FROM counted c) OR r.rolname = ANY ($2::text[])
ORDER BY r.rolname COLLATE "C"
