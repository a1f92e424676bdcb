-- The roles that a rule is about; not the predefined ones, whose names begin with pg_.
-- In: (not used), (not used), pattern for the name, whether they can connect, left out.
SELECT NULL::text, NULL::text, r.rolname::text
FROM pg_catalog.pg_roles r
WHERE $1::text IS NOT NULL AND $2::text IS NOT NULL AND r.rolname ~ $3::text AND r.rolname !~ '^pg_'
  AND ($4::text IS NULL OR r.rolcanlogin = $4::text::boolean)
  AND ($5::text IS NULL OR r.rolname !~ $5::text)
ORDER BY r.rolname COLLATE "C"
