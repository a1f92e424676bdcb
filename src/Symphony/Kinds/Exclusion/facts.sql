-- An exclusion constraint as the catalog holds it. In: schema, table, constraint.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         -- include index_constraint
         'method', (SELECT am.amname FROM pg_catalog.pg_class ic JOIN pg_catalog.pg_am am ON am.oid = ic.relam WHERE ic.oid = i.indexrelid),
         'keys', (
           -- include index_keys
           WHERE k.position <= i.indnkeyatts),
         'operators', (
           SELECT json_agg(
                    json_build_object(
                      'schema', opn.nspname,
                      'name', op.oprname,
                      -- What is built in has an OID below 16384 (PostgreSQL manual, "System Catalog Initial Data").
                      'function', CASE WHEN op.oid >= 16384 THEN
                        -- include called_function
                      END)
                    ORDER BY k.position)
           FROM pg_catalog.unnest(con.conexclop) WITH ORDINALITY AS k (operator, position)
           JOIN pg_catalog.pg_operator op ON op.oid = k.operator
           JOIN pg_catalog.pg_namespace opn ON opn.oid = op.oprnamespace
           JOIN pg_catalog.pg_proc f ON f.oid = op.oprcode
           JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
           LEFT JOIN pg_catalog.pg_aggregate ag ON ag.aggfnoid = f.oid
           CROSS JOIN LATERAL (SELECT op.oid, false) AS called (operator, negates)),
         'predicate', pg_catalog.pg_get_expr(i.indpred, i.indrelid),
         'functions', (
           -- include called_functions
           WHERE dep.classid = 'pg_catalog.pg_class'::regclass AND dep.objid = i.indexrelid),
         'comparing', CASE WHEN 16384 <= ANY (i.indclass::oid[]) THEN (
           -- include comparing_functions
         ) ELSE '{"usual": [], "others": []}' END,
         'exclusion', i.indisexclusion,
         'partitions_without', CASE WHEN c.relhassubclass AND c.relkind = 'p' THEN (
           -- include partitions
           WHERE NOT r.relhasindex OR NOT EXISTS (
             SELECT FROM attached a
             JOIN pg_catalog.pg_index ri ON ri.indexrelid = a.index
             JOIN pg_catalog.pg_constraint rc ON rc.conindid = ri.indexrelid AND rc.conrelid = r.oid AND rc.contype = 'x'
             WHERE ri.indrelid = r.oid AND ri.indisvalid AND ri.indisready AND ri.indislive AND ri.indisexclusion
               AND ri.indimmediate = i.indimmediate AND rc.conexclop = con.conexclop
               AND (i.indimmediate OR r.relkind = 'p' OR (r.relhastriggers AND EXISTS (
                 SELECT FROM pg_catalog.pg_trigger g
                 WHERE g.tgconstraint = rc.oid AND g.tgrelid = r.oid AND g.tgenabled IN ('O', 'A')))))) ELSE '[]' END) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
-- As text, so that no index on names alone is used: a thousand tables may have a constraint of one name.
JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.conname::text = s.name AND con.contype = 'x'
JOIN pg_catalog.pg_index i ON i.indexrelid = con.conindid
