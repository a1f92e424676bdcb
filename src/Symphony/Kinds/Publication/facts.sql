-- A publication as the catalog holds it. In: (not used), (not used), publication.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'all_tables', p.puballtables,
         'operations', pg_catalog.to_json(pg_catalog.array_remove(ARRAY[
           CASE WHEN p.pubinsert THEN 'insert' END,
           CASE WHEN p.pubupdate THEN 'update' END,
           CASE WHEN p.pubdelete THEN 'delete' END,
           CASE WHEN p.pubtruncate THEN 'truncate' END], NULL)),
         'via_root', p.pubviaroot,
         'generated_columns', CASE p.pubgencols WHEN 's' THEN 'stored' ELSE 'none' END, -- 18+
         'generated_columns', 'none', -- before 18
         'tables', (
           SELECT COALESCE(json_agg(
                    json_build_object(
                      'schema', cn.nspname,
                      'name', c.relname,
                      'where', pg_catalog.pg_get_expr(r.prqual, r.prrelid), -- 15+
                      'where', NULL, -- before 15
                      'columns', (SELECT json_agg(a.attname ORDER BY a.attname COLLATE "C") FROM pg_catalog.pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs::int2[]))) -- 15+
                      'columns', NULL) -- before 15
                    ORDER BY cn.nspname COLLATE "C", c.relname COLLATE "C"), '[]')
           FROM pg_catalog.pg_publication_rel r
           JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
           JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
           WHERE r.prpubid = p.oid),
         'unsent', (
           SELECT COALESCE(json_agg(DISTINCT (pg_catalog.quote_ident(kn.nspname) || '.' || pg_catalog.quote_ident(k.relname)) COLLATE "C"), '[]')
           FROM pg_catalog.pg_publication_rel r
           JOIN pg_catalog.pg_class c ON c.oid = r.prrelid AND c.relkind = 'p'
           CROSS JOIN LATERAL (
             WITH RECURSIVE tree (relation) AS (
               -- include descendants
             )
             SELECT t.relation FROM tree t) AS below
           JOIN pg_catalog.pg_class k ON k.oid = below.relation AND (k.relpersistence = 'u' OR k.relkind NOT IN ('r', 'p'))
           JOIN pg_catalog.pg_namespace kn ON kn.oid = k.relnamespace
           WHERE r.prpubid = p.oid),
         'schemas', NULL) AS fact -- before 15
         'schemas', ( -- 15+
           SELECT COALESCE(json_agg(pn.nspname ORDER BY pn.nspname COLLATE "C"), '[]') -- 15+
           FROM pg_catalog.pg_publication_namespace m -- 15+
           JOIN pg_catalog.pg_namespace pn ON pn.oid = m.pnnspid -- 15+
           WHERE m.pnpubid = p.oid)) AS fact -- 15+
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_publication p ON p.pubname = s.name
