-- A table's primary key as the catalog holds it. In: schema, table, (not used).
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'relation_kind', c.relkind,
         'constraint', con.conname,
         'indexes_on', c.relhasindex,
         'columns', (
           SELECT json_agg(a.attname ORDER BY k.position)
           FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
           JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
           WHERE k.position <= i.indnkeyatts),
         'nulls_distinct', true,
         'deferrable', con.condeferrable,
         'valid', i.indisvalid,
         'ready', i.indisready,
         'live', i.indislive,
         'unique', i.indisunique,
         'immediate', i.indimmediate,
         'without_overlaps', con.conperiod, -- 18+
         'without_overlaps', false, -- before 18
         'recheck', NOT con.condeferrable OR c.relkind = 'p' OR (c.relhastriggers AND EXISTS (
           SELECT FROM pg_catalog.pg_trigger g
           WHERE g.tgconstraint = con.oid AND g.tgrelid = c.oid AND g.tgenabled IN ('O', 'A')
             AND g.tgfoid = 'pg_catalog.unique_key_recheck()'::regprocedure)),
         'sessions_without_triggers', CASE WHEN con.condeferrable THEN (
           -- include sessions_without_triggers
         ) ELSE '[]' END,
         'children', CASE WHEN c.relhassubclass AND c.relkind = 'r' THEN (
           WITH RECURSIVE tree (relation) AS (
             -- include descendants
           )
           SELECT COALESCE(json_agg(pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
                                     ORDER BY rn.nspname, r.relname), '[]')
           FROM tree t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation AND (c.relpersistence = 't' OR r.relpersistence <> 't')
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace) ELSE '[]' END,
         'partitions_without', CASE WHEN c.relhassubclass AND c.relkind = 'p' THEN (
           WITH RECURSIVE tree (relation) AS (
             -- include descendants
           ),
           attached (index) AS (
             SELECT h.inhrelid FROM pg_catalog.pg_inherits h WHERE h.inhparent = i.indexrelid
             UNION
             SELECT h.inhrelid FROM attached t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.index)
           SELECT COALESCE(json_agg(pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
                                     ORDER BY rn.nspname, r.relname), '[]')
           FROM tree t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
           WHERE NOT r.relhasindex OR NOT EXISTS (
             SELECT FROM attached a
             JOIN pg_catalog.pg_index ri ON ri.indexrelid = a.index
             WHERE ri.indrelid = r.oid AND ri.indisvalid AND ri.indisready AND ri.indislive AND ri.indisunique
               AND ri.indimmediate = i.indimmediate
               AND (i.indimmediate OR r.relkind = 'p' OR (r.relhastriggers AND EXISTS (
                 SELECT FROM pg_catalog.pg_constraint rc
                 JOIN pg_catalog.pg_trigger g ON g.tgconstraint = rc.oid AND g.tgrelid = r.oid AND g.tgenabled IN ('O', 'A')
                 WHERE rc.conrelid = r.oid AND rc.conindid = ri.indexrelid AND rc.contype = con.contype))))) ELSE '[]' END,
         'nullable_columns', (
           SELECT COALESCE(json_agg(a.attname ORDER BY a.attnum), '[]')
           FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = c.oid AND a.attnum = ANY (con.conkey) AND NOT a.attnotnull),
         'not_null_constraints', (
           SELECT COALESCE(json_agg(nn.conname ORDER BY nn.conname), '[]')
           FROM pg_catalog.pg_attribute a
           JOIN pg_catalog.pg_constraint nn ON nn.conrelid = c.oid AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum]
           WHERE a.attrelid = c.oid AND a.attnum = ANY (con.conkey) AND NOT a.attnotnull)) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.contype = 'p'
JOIN pg_catalog.pg_index i ON i.indexrelid = con.conindid
