-- What has an owner and privileges: its words in GRANT and in ALTER … OWNER TO. A column's are its table's in part.
SELECT 'TABLE ' || r.name AS target, 'TABLE ' || r.name AS altered, NULL::text AS columns, r.name, r.relowner AS owner, r.relacl AS acl
FROM relation r
UNION ALL
SELECT 'TABLE ' || a.relation_name, NULL, pg_catalog.format(' (%I)', a.attname), a.relation_name || '.' || pg_catalog.quote_ident(a.attname), r.relowner, a.attacl
FROM attribute a JOIN relation r ON r.oid = a.attrelid
WHERE a.attacl IS NOT NULL
UNION ALL
SELECT 'SEQUENCE ' || s.name, CASE WHEN NOT EXISTS (SELECT FROM numbering u WHERE u.oid = s.oid) THEN 'SEQUENCE ' || s.name END, NULL, s.name, s.relowner, s.relacl
FROM numbers s
UNION ALL
SELECT 'ROUTINE ' || f.name, 'ROUTINE ' || f.name, NULL, f.name, f.proowner, f.proacl
FROM routine f
UNION ALL
SELECT 'TYPE ' || t.name, 'TYPE ' || t.name, NULL, t.name, t.typowner, t.typacl
FROM type t
UNION ALL
-- Of schemas there is one before: what it is granted is never the default.
SELECT pg_catalog.format('SCHEMA %I', n.nspname), pg_catalog.format('SCHEMA %I', n.nspname), NULL, n.nspname::text, n.nspowner,
       COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner))
FROM space s JOIN pg_catalog.pg_namespace n ON n.nspname = s.nspname
