-- What a row of a table must look like. In: schema, name. Out: one JSON document; none where there is no such table.
SELECT pg_catalog.jsonb_build_object(
  'kind', c.relkind,
  'columns', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', a.attname,
      'type', pg_catalog.format_type(a.atttypid, -1),
      'modifier', a.atttypmod,
      'not_null', a.attnotnull,
      'default', CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
      'generation', CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
      'identity', a.attidentity <> ''
    ) ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute a
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]'),
  'checks', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', k.conname,
      'expression', pg_catalog.pg_get_expr(k.conbin, k.conrelid),
      'columns', COALESCE((
        SELECT pg_catalog.jsonb_agg(a.attname ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum = ANY (k.conkey)), '[]')
    ) ORDER BY k.conname COLLATE "C")
    FROM pg_catalog.pg_constraint k
    WHERE k.conrelid = c.oid AND k.contype = 'c'
      AND k.conenforced -- 18+
  ), '[]'),
  'foreign_keys', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', k.conname,
      'schema', fn.nspname,
      'table', f.relname,
      'deferrable', k.condeferrable,
      'columns', (
        SELECT pg_catalog.jsonb_agg(a.attname ORDER BY key.place)
        FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS key(attnum, place)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.attnum),
      'referenced', (
        SELECT pg_catalog.jsonb_agg(a.attname ORDER BY key.place)
        FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS key(attnum, place)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = key.attnum)
    ) ORDER BY pg_catalog.cardinality(k.conkey), k.conname COLLATE "C")
    FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
    JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
    WHERE k.conrelid = c.oid AND k.contype = 'f'
      AND k.conenforced -- 18+
      -- Of a reference to a partitioned table, each partition has a row of its own that repeats it.
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint parent
        WHERE parent.oid = k.conparentid AND parent.conrelid = k.conrelid)), '[]'),
  'unique', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', x.relname,
      'primary', i.indisprimary,
      'columns', COALESCE((
        SELECT pg_catalog.jsonb_agg(DISTINCT a.attname)
        FROM pg_catalog.pg_depend dep
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = dep.refobjsubid
        WHERE dep.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND dep.objid = x.oid
          AND dep.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND dep.refobjid = c.oid
          AND dep.refobjsubid > 0), '[]') || COALESCE((
        SELECT pg_catalog.jsonb_agg(a.attname)
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey) AND a.attnum > 0), '[]')
    ) ORDER BY x.relname COLLATE "C")
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
    WHERE i.indrelid = c.oid AND (i.indisunique OR i.indisexclusion)), '[]'),
  -- A row of a partitioned table fits one of these; of a partition, the one.
  'partitions', COALESCE((
    SELECT pg_catalog.jsonb_agg(pg_catalog.pg_get_partition_constraintdef(leaf.oid)
             ORDER BY leaf.oid::pg_catalog.regclass::pg_catalog.text COLLATE "C")
    FROM pg_catalog.pg_partition_tree(c.oid) AS tree
    JOIN pg_catalog.pg_class leaf ON leaf.oid = tree.relid
    WHERE tree.isleaf AND leaf.relkind = 'r'
      AND pg_catalog.pg_get_partition_constraintdef(leaf.oid) IS NOT NULL), '[]')
)::pg_catalog.text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1::pg_catalog.text AND c.relname = $2::pg_catalog.text AND c.relkind IN ('r', 'p')
