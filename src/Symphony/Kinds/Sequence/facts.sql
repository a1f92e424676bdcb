-- A sequence, or what stands in its place, as the catalog holds it. In: schema, sequence, (not used).
-- Numbers are text: those beyond 2^53 are no JSON numbers in evidence (RFC 8785, section 3.2.2.3).
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'kind', c.relkind,
         'type', pg_catalog.format_type(q.seqtypid, NULL),
         'increment', q.seqincrement::text,
         'min', q.seqmin::text,
         'max', q.seqmax::text,
         'cycle', q.seqcycle,
         'cache', q.seqcache::text,
         'persistence', c.relpersistence,
         'owner', (
           SELECT json_build_object(
                    'schema', orn.nspname,
                    'table', r.relname,
                    'column', a.attname,
                    'persistence', r.relpersistence,
                    'identity', a.attidentity <> '' AND dep.deptype = 'i',
                    'default', pg_catalog.pg_get_expr(d.adbin, d.adrelid),
                    'uses', pg_catalog.pg_get_expr(d.adbin, d.adrelid) = 'nextval('
                      || pg_catalog.quote_literal(pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)) || '::regclass)')
           FROM pg_catalog.pg_depend dep
           JOIN pg_catalog.pg_class r ON r.oid = dep.refobjid
           JOIN pg_catalog.pg_namespace orn ON orn.oid = r.relnamespace
           JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum = dep.refobjsubid
           -- Without the flag the server does not look for a default, whatever pg_attrdef holds.
           LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum AND a.atthasdef
           WHERE dep.classid = 'pg_catalog.pg_class'::regclass AND dep.objid = c.oid AND dep.objsubid = 0
             AND dep.refclassid = 'pg_catalog.pg_class'::regclass AND dep.refobjsubid > 0 AND dep.deptype IN ('a', 'i'))) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
LEFT JOIN pg_catalog.pg_sequence q ON q.seqrelid = c.oid
