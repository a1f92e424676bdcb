-- A foreign key as the catalog holds it, and the triggers that are its only enforcement. In: schema, table, constraint.
-- A partitioned table's foreign key is a family of constraints, one for each partition of either side; only the
-- triggers of the relations that hold rows matter, but one that is switched off anywhere is told. Elsewhere nothing
-- is searched by conparentid: it is 0 in nearly every row, and the planner would read the whole catalog each time.
-- unnest over several arrays is grammar, known by its bare name only; the server puts pg_catalog before it.
SELECT s.subject::integer AS subject,
       json_build_object(
         'relation_kind', c.relkind,
         'columns', (
           SELECT json_agg(a.attname ORDER BY k.position)
           FROM pg_catalog.unnest(con.conkey) WITH ORDINALITY AS k (attnum, position)
           JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum),
         'referenced_table', pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.relname),
         'referenced_columns', (
           SELECT json_agg(a.attname ORDER BY k.position)
           FROM pg_catalog.unnest(con.confkey) WITH ORDINALITY AS k (attnum, position)
           JOIN pg_catalog.pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.attnum),
         'referenced_index', (
           SELECT pg_catalog.quote_ident(n2.nspname) || '.' || pg_catalog.quote_ident(ic.relname)
           FROM pg_catalog.pg_class ic
           JOIN pg_catalog.pg_namespace n2 ON n2.oid = ic.relnamespace
           WHERE ic.oid = con.conindid),
         'referenced_index_enforces', COALESCE(
           (SELECT i.indisvalid AND i.indisready AND i.indislive AND i.indisunique AND i.indimmediate AND f.relhasindex
            FROM pg_catalog.pg_index i
            WHERE i.indexrelid = con.conindid), false),
         'own_operator_classes', COALESCE((
           SELECT (
             -- include own_opclasses
           ) FROM pg_catalog.pg_index i WHERE i.indexrelid = con.conindid), '[]'),
         'on_delete', CASE con.confdeltype WHEN 'a' THEN 'no_action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set_null' ELSE 'set_default' END,
         'on_delete_columns', COALESCE((SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = con.conrelid AND a.attnum = ANY (con.confdelsetcols)), '[]'), -- 15+
         'on_delete_columns', '[]'::json, -- before 15
         'on_update', CASE con.confupdtype WHEN 'a' THEN 'no_action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set_null' ELSE 'set_default' END,
         'match', CASE con.confmatchtype WHEN 'f' THEN 'full' ELSE 'simple' END,
         'validated', (
           WITH RECURSIVE family (id, validated) AS (
             SELECT con.oid, con.convalidated
             UNION ALL
             SELECT k.oid, k.convalidated FROM family m JOIN pg_catalog.pg_constraint k ON k.conparentid = m.id WHERE 'p' IN (c.relkind, f.relkind))
           SELECT bool_and(m.validated) FROM family m),
         'deferrable', con.condeferrable,
         'enforced', con.conenforced, -- 18+
         'enforced', true, -- before 18
         'period', con.conperiod, -- 18+
         'period', false, -- before 18
         'unchecked', (
           WITH RECURSIVE family (id) AS (
             -- include constraint_family
           ),
           tree (relation) AS (
             SELECT c.oid
             UNION
             SELECT h.inhrelid FROM tree t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.relation WHERE c.relkind = 'p')
           SELECT COALESCE(json_agg(pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
                                     ORDER BY rn.nspname, r.relname), '[]')
           FROM tree t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
           CROSS JOIN LATERAL (
             SELECT count(DISTINCT g.tgfoid) FILTER (WHERE g.tgenabled IN ('O', 'A')) AS firing,
                    count(*) FILTER (WHERE g.tgenabled NOT IN ('O', 'A')) AS silent
             FROM family m
             JOIN pg_catalog.pg_trigger g ON g.tgconstraint = m.id
             WHERE g.tgrelid = r.oid
               AND g.tgfoid IN ('pg_catalog."RI_FKey_check_ins"()'::regprocedure, 'pg_catalog."RI_FKey_check_upd"()'::regprocedure)) triggers
           WHERE triggers.silent > 0
              OR (r.relkind = 'r' AND (triggers.firing < 2 OR NOT r.relhastriggers))
              OR r.relkind NOT IN ('r', 'p')),
         'unguarded', (
           WITH RECURSIVE family (id) AS (
             -- include constraint_family
           ),
           tree (relation) AS (
             SELECT f.oid
             UNION
             SELECT h.inhrelid FROM tree t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.relation WHERE f.relkind = 'p')
           SELECT COALESCE(json_agg(pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
                                     ORDER BY rn.nspname, r.relname), '[]')
           FROM tree t
           JOIN pg_catalog.pg_class r ON r.oid = t.relation
           JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
           CROSS JOIN LATERAL (
             SELECT count(DISTINCT g.tgfoid) FILTER (WHERE g.tgenabled IN ('O', 'A')) AS firing,
                    count(*) FILTER (WHERE g.tgenabled NOT IN ('O', 'A')) AS silent
             FROM family m
             JOIN pg_catalog.pg_trigger g ON g.tgconstraint = m.id
             WHERE g.tgrelid = r.oid
               AND g.tgfoid IN (
                 CASE con.confdeltype
                   WHEN 'a' THEN 'pg_catalog."RI_FKey_noaction_del"()'::regprocedure
                   WHEN 'r' THEN 'pg_catalog."RI_FKey_restrict_del"()'::regprocedure
                   WHEN 'c' THEN 'pg_catalog."RI_FKey_cascade_del"()'::regprocedure
                   WHEN 'n' THEN 'pg_catalog."RI_FKey_setnull_del"()'::regprocedure
                   ELSE 'pg_catalog."RI_FKey_setdefault_del"()'::regprocedure END,
                 CASE con.confupdtype
                   WHEN 'a' THEN 'pg_catalog."RI_FKey_noaction_upd"()'::regprocedure
                   WHEN 'r' THEN 'pg_catalog."RI_FKey_restrict_upd"()'::regprocedure
                   WHEN 'c' THEN 'pg_catalog."RI_FKey_cascade_upd"()'::regprocedure
                   WHEN 'n' THEN 'pg_catalog."RI_FKey_setnull_upd"()'::regprocedure
                   ELSE 'pg_catalog."RI_FKey_setdefault_upd"()'::regprocedure END)) triggers
           WHERE triggers.silent > 0
              OR (r.relkind = 'r' AND (triggers.firing < 2 OR NOT r.relhastriggers))),
         'sessions_without_triggers', CASE WHEN EXISTS (
           WITH RECURSIVE family (id) AS (
             -- include constraint_family
           )
           SELECT FROM family m JOIN pg_catalog.pg_trigger g ON g.tgconstraint = m.id WHERE g.tgenabled = 'O') THEN (
           -- include sessions_without_triggers
         ) ELSE '[]' END,
         'action_triggers', CASE WHEN con.confdeltype IN ('c', 'n', 'd') OR con.confupdtype IN ('c', 'n', 'd') THEN (
           WITH RECURSIVE tree (relation) AS (
             -- include relation_tree
           )
           SELECT COALESCE(json_agg(
                    json_build_object('trigger', a.trigger, 'is_delete', a.is_delete, 'language', a.lanname, 'body', a.prosrc)
                    ORDER BY a.trigger COLLATE "C", a.is_delete), '[]')
           FROM (
             SELECT pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname) || '.' || pg_catalog.quote_ident(g.tgname) AS trigger,
                    op.is_delete, l.lanname, p.prosrc
             FROM tree t
             -- An action is about the table's own rows and its partitions': a child by inheritance is bound by nothing.
             JOIN pg_catalog.pg_class r ON r.oid = t.relation AND r.relkind = 'r' AND (r.oid = c.oid OR r.relispartition)
             JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
             JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid AND g.tgenabled IN ('O', 'A') AND g.tgtype & 3 = 3 AND
               -- include user_trigger
             JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
             JOIN pg_catalog.pg_language l ON l.oid = p.prolang
             CROSS JOIN (VALUES (true), (false)) AS op (is_delete)
             WHERE CASE WHEN op.is_delete THEN g.tgtype & 8 = 8 AND con.confdeltype = 'c'
                        ELSE g.tgtype & 16 = 16 AND (con.confdeltype IN ('n', 'd') OR con.confupdtype IN ('c', 'n', 'd'))
                             AND (pg_catalog.cardinality(g.tgattr::int2[]) = 0 OR EXISTS (
                               SELECT FROM pg_catalog.pg_attribute ta
                               JOIN pg_catalog.pg_attribute ka ON ka.attrelid = c.oid AND ka.attnum = ANY (con.conkey) AND ka.attname = ta.attname
                               WHERE ta.attrelid = r.oid AND ta.attnum = ANY (g.tgattr::int2[]))) END) AS a) ELSE '[]' END,
         'children', CASE WHEN c.relhassubclass AND c.relkind = 'r' THEN (
           -- include children
         ) ELSE '[]' END) AS fact
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS s (schema_name, relation_name, name, subject)
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema_name
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.relation_name
-- As text, so that no index on names alone is used: a thousand tables may have a constraint of one name.
JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.conname::text = s.name AND con.contype = 'f'
JOIN pg_catalog.pg_class f ON f.oid = con.confrelid
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
