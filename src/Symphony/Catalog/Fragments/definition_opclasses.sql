-- Operator families and classes: what a class has of its own stands in its statement, what was added to a family later
-- in one of its own.
SELECT d.class, d.object, 37 AS phase, f.name || ' ' || f.method AS name, pg_catalog.format('CREATE OPERATOR FAMILY %s USING %s', f.name, f.method) AS text,
       NULL::text[] AS roles
FROM made d
JOIN family f ON d.class = 'pg_catalog.pg_opfamily'::regclass AND f.oid = d.object
UNION ALL
SELECT d.class, d.object, 38, oc.name || ' ' || f.method,
       pg_catalog.format('CREATE OPERATOR CLASS %s %sFOR TYPE %s USING %s FAMILY %s AS %s', oc.name, CASE WHEN oc.opcdefault THEN 'DEFAULT ' END,
         pg_catalog.format_type(oc.opcintype, NULL), f.method, f.name, pg_catalog.concat_ws(', ',
           (SELECT pg_catalog.string_agg(m.text, ', ' ORDER BY m.sort, m.number, m.text COLLATE "C")
            FROM family_member m WHERE m.of_class = d.class AND m.of_object = d.object),
           'STORAGE ' || pg_catalog.format_type(NULLIF(oc.opckeytype, 0::oid), NULL))), NULL
FROM made d
JOIN (
  SELECT c.*, pg_catalog.format('%I.%I', n.nspname, c.opcname) AS name
  FROM pg_catalog.pg_opclass c JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace) AS oc
  ON d.class = 'pg_catalog.pg_opclass'::regclass AND oc.oid = d.object
JOIN family f ON f.oid = oc.opcfamily
UNION ALL
SELECT d.class, d.object, 39, f.name || ' ' || f.method, pg_catalog.format('ALTER OPERATOR FAMILY %s USING %s ADD %s', f.name, f.method, m.text), NULL
FROM made d
JOIN family_member m ON m.class = d.class AND m.object = d.object AND m.of_class = 'pg_catalog.pg_opfamily'::regclass
JOIN family f ON f.oid = m.of_object
