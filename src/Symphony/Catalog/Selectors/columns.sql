-- The columns of ordinary and partitioned tables that a rule is about.
-- In: schema, pattern for the table, pattern for the name, having a column, left out.
SELECT n.nspname::text, c.relname::text, o.attname::text
FROM pg_catalog.pg_namespace n
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
JOIN pg_catalog.pg_attribute o ON o.attrelid = c.oid AND o.attnum > 0 AND NOT o.attisdropped
WHERE n.nspname = $1::text AND c.relkind IN ('r', 'p') AND c.relname ~ $2::text AND o.attname ~ $3::text AND
    -- include stands_for_itself
  AND ($4::text IS NULL OR EXISTS (
    SELECT FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = c.oid AND a.attname = $4::text AND a.attnum > 0 AND NOT a.attisdropped))
  AND ($5::text IS NULL OR (c.relname !~ $5::text AND c.relname || '.' || o.attname !~ $5::text))
  AND
    -- include not_of_extension
ORDER BY c.relname COLLATE "C", o.attname COLLATE "C"
