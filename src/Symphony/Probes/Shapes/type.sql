-- What a value of a type looks like. In: the type's name as format_type prints it without a length: with NULL for the
-- length, bit would be bit(1) and character one character. Out: one JSON document.
SELECT pg_catalog.jsonb_build_object(
  'name', pg_catalog.format_type(t.oid, -1),
  'built_in', CASE WHEN n.nspname = 'pg_catalog' THEN t.typname END,
  'sort', t.typtype,
  'category', t.typcategory,
  'modifier', t.typtypmod,
  'element', CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN pg_catalog.format_type(t.typelem, -1) END,
  'base', CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, -1) END,
  'not_null', t.typnotnull,
  'checks', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.pg_get_constraintdef(k.oid) ORDER BY k.conname COLLATE "C")
    FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '[]'),
  'labels', COALESCE((
    SELECT pg_catalog.jsonb_agg(e.enumlabel ORDER BY e.enumsortorder)
    FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), '[]'),
  'subtype', (
    SELECT pg_catalog.format_type(r.rngsubtype, -1)
    FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid OR r.rngmultitypid = t.oid),
  'fields', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'type', pg_catalog.format_type(a.atttypid, -1), 'modifier', a.atttypmod) ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = t.typrelid AND t.typtype = 'c' AND a.attnum > 0 AND NOT a.attisdropped), '[]')
)::pg_catalog.text
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid = $1::pg_catalog.text::pg_catalog.regtype
