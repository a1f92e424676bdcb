-- The roles that inherit from g.grantee, at any distance.
WITH RECURSIVE below (role) AS (
  SELECT g.grantee
  UNION
  SELECT m.member
  FROM below b
  JOIN pg_catalog.pg_auth_members m ON m.roleid = b.role
    AND m.inherit_option -- 16+
  JOIN pg_catalog.pg_roles h ON h.oid = m.member AND h.rolinherit -- before 16
)
SELECT COALESCE(json_agg(h.rolname ORDER BY h.rolname COLLATE "C"), '[]')
FROM below b JOIN pg_catalog.pg_roles h ON h.oid = b.role
WHERE b.role <> g.grantee
