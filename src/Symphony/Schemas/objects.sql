-- Every object that people made in this database: its class, its name and its definition, none of them an OID. OIDs
-- and what changes by itself (files) are in columns of their own: they tell one object from another inside a session.
-- What belongs to an extension is the extension's; toast and temporary objects are the server's and the session's.
WITH space AS (
  SELECT namespace.oid, namespace.nspname, namespace.nspowner, namespace.nspacl
    FROM pg_catalog.pg_namespace AS namespace
   WHERE namespace.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
     AND namespace.nspname !~ '^pg_(toast_)?temp_[0-9]+$'
     AND namespace.nspname <> ALL ($1::text[])
), extended AS (
  SELECT entry.classid, entry.objid FROM pg_catalog.pg_depend AS entry WHERE entry.deptype = 'e'
), relation AS (
  SELECT class.oid, class.relname, space.nspname, class.relkind, class.relowner, class.relacl, class.relpersistence,
         class.relrowsecurity, class.relforcerowsecurity, class.reloptions, class.relreplident, class.relfilenode,
         class.relispartition, class.relpartbound, class.reloftype,
         CASE WHEN class.relkind IN ('r', 'p') THEN 'table' WHEN class.relkind = 'v' THEN 'view'
              WHEN class.relkind = 'm' THEN 'materialized view' WHEN class.relkind = 'f' THEN 'foreign table'
              ELSE 'sequence' END AS class,
         pg_catalog.format('%I.%I', space.nspname, class.relname) AS identity
    FROM pg_catalog.pg_class AS class
    JOIN space ON space.oid = class.relnamespace
   WHERE class.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
     AND ('pg_catalog.pg_class'::pg_catalog.regclass::oid, class.oid) NOT IN (SELECT classid, objid FROM extended)
     -- An identity's sequence is a part of its column.
     AND NOT (class.relkind = 'S' AND EXISTS (
           SELECT FROM pg_catalog.pg_depend AS part
            WHERE part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND part.objid = class.oid
              AND part.deptype = 'i'))
), routine AS (
  SELECT proc.oid, proc.proname, proc.prokind, proc.proowner, proc.proacl, proc.prosecdef, proc.proconfig, space.nspname,
         pg_catalog.format('%I.%I(%s)', space.nspname, proc.proname,
           pg_catalog.pg_get_function_identity_arguments(proc.oid)) AS identity
    FROM pg_catalog.pg_proc AS proc
    JOIN space ON space.oid = proc.pronamespace
   WHERE ('pg_catalog.pg_proc'::pg_catalog.regclass::oid, proc.oid) NOT IN (SELECT classid, objid FROM extended)
), kind AS (
  SELECT type.oid, type.typname, type.typtype, type.typowner, type.typacl, type.typbasetype, type.typtypmod,
         type.typnotnull, type.typdefault, type.typrelid, space.nspname,
         pg_catalog.format('%I.%I', space.nspname, type.typname) AS identity
    FROM pg_catalog.pg_type AS type
    JOIN space ON space.oid = type.typnamespace
    LEFT JOIN pg_catalog.pg_class AS row ON row.oid = type.typrelid
   WHERE (type.typtype IN ('e', 'd', 'r') OR (type.typtype = 'c' AND row.relkind = 'c'))
     AND ('pg_catalog.pg_type'::pg_catalog.regclass::oid, type.oid) NOT IN (SELECT classid, objid FROM extended)
), acl AS (
  SELECT 'schema' AS class, space.oid, 0 AS sub, space.nspowner AS owner,
         coalesce(space.nspacl, pg_catalog.acldefault('n', space.nspowner)) AS items FROM space
  UNION ALL
  SELECT 'relation', relation.oid, 0, relation.relowner,
         coalesce(relation.relacl,
           pg_catalog.acldefault(CASE WHEN relation.relkind = 'S' THEN 's' ELSE 'r' END::"char", relation.relowner))
    FROM relation
  UNION ALL
  SELECT 'column', attribute.attrelid, attribute.attnum, relation.relowner, attribute.attacl
    FROM relation JOIN pg_catalog.pg_attribute AS attribute ON attribute.attrelid = relation.oid
   WHERE attribute.attacl IS NOT NULL AND attribute.attnum > 0 AND NOT attribute.attisdropped
  UNION ALL
  SELECT 'routine', routine.oid, 0, routine.proowner,
         coalesce(routine.proacl, pg_catalog.acldefault('f', routine.proowner)) FROM routine
  UNION ALL
  SELECT 'type', kind.oid, 0, kind.typowner, coalesce(kind.typacl, pg_catalog.acldefault('T', kind.typowner)) FROM kind
  UNION ALL
  SELECT 'database', base.oid, 0, base.datdba, coalesce(base.datacl, pg_catalog.acldefault('d', base.datdba))
    FROM pg_catalog.pg_database AS base WHERE base.datname = pg_catalog.current_database()
  UNION ALL
  SELECT 'default privileges', entry.oid, 0, entry.defaclrole, entry.defaclacl FROM pg_catalog.pg_default_acl AS entry
), privilege AS (
  -- The owner's own are left out: an owner can always give them to itself.
  SELECT held.class, held.oid, held.sub,
         pg_catalog.jsonb_object_agg(held.grantee, held.privileges) AS privileges
    FROM (SELECT acl.class, acl.oid, acl.sub, coalesce(role.rolname::text, 'PUBLIC') AS grantee,
                 pg_catalog.jsonb_agg(
                   item.privilege_type || CASE WHEN item.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
                   ORDER BY item.privilege_type COLLATE "C") AS privileges
            FROM acl
            CROSS JOIN LATERAL pg_catalog.aclexplode(acl.items) AS item
            LEFT JOIN pg_catalog.pg_roles AS role ON role.oid = item.grantee
           WHERE item.grantee <> acl.owner
           GROUP BY acl.class, acl.oid, acl.sub, role.rolname) AS held
   GROUP BY held.class, held.oid, held.sub
), object AS (
  SELECT 'schema' AS class, space.oid, 0 AS sub, NULL::oid AS parent, ''::text AS namespace, space.nspname::text AS name,
         pg_catalog.quote_ident(space.nspname) AS identity, 'schema' AS acl_class,
         pg_catalog.jsonb_build_object('owner', pg_catalog.pg_get_userbyid(space.nspowner)) AS definition,
         '{}'::jsonb AS state
    FROM space
  UNION ALL
  SELECT relation.class, relation.oid, 0,
         CASE WHEN relation.relkind = 'S' THEN (
           SELECT owner.refobjid FROM pg_catalog.pg_depend AS owner
            WHERE owner.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND owner.objid = relation.oid
              AND owner.refclassid = owner.classid AND owner.deptype = 'a') END,
         relation.nspname, relation.relname, relation.identity, 'relation',
         pg_catalog.jsonb_build_object(
           'owner', pg_catalog.pg_get_userbyid(relation.relowner),
           'persistence', CASE relation.relpersistence WHEN 'u' THEN 'unlogged' END,
           'partitioned_by', CASE WHEN relation.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(relation.oid) END,
           'partition_bound', pg_catalog.pg_get_expr(relation.relpartbound, relation.oid),
           'inherits', (SELECT pg_catalog.jsonb_agg(pg_catalog.format('%I.%I', space.nspname, class.relname)
                                                    ORDER BY parent.inhseqno)
                          FROM pg_catalog.pg_inherits AS parent
                          JOIN pg_catalog.pg_class AS class ON class.oid = parent.inhparent
                          JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
                         WHERE parent.inhrelid = relation.oid),
           'row_security', CASE WHEN relation.relforcerowsecurity AND relation.relrowsecurity THEN 'forced'
                                WHEN relation.relrowsecurity THEN 'enabled' END,
           'options', relation.reloptions,
           'replica_identity', CASE relation.relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full'
                                                          WHEN 'i' THEN 'index' END,
           'definition', CASE WHEN relation.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(relation.oid) END,
           'sequence', (SELECT pg_catalog.jsonb_build_object(
                                 'type', pg_catalog.format_type(sequence.seqtypid, NULL), 'start', sequence.seqstart,
                                 'min', sequence.seqmin::text, 'max', sequence.seqmax::text,
                                 'increment', sequence.seqincrement, 'cycle', sequence.seqcycle)
                          FROM pg_catalog.pg_sequence AS sequence WHERE sequence.seqrelid = relation.oid)),
         pg_catalog.jsonb_build_object(
           'filenode', relation.relfilenode::bigint, 'kind', relation.relkind,
           'partition_of', (SELECT parent.inhparent::bigint FROM pg_catalog.pg_inherits AS parent
                             WHERE parent.inhrelid = relation.oid AND relation.relispartition))
    FROM relation
  UNION ALL
  SELECT 'column', relation.oid, attribute.attnum, relation.oid, relation.nspname, attribute.attname,
         pg_catalog.format('%s.%I', relation.identity, attribute.attname), 'column',
         pg_catalog.jsonb_build_object(
           'type', pg_catalog.format_type(attribute.atttypid, attribute.atttypmod),
           'not_null', CASE WHEN attribute.attnotnull THEN true END,
           'default', CASE WHEN attribute.attgenerated = '' THEN pg_catalog.pg_get_expr(stored.adbin, stored.adrelid) END,
           'generated', CASE WHEN attribute.attgenerated <> ''
                             THEN pg_catalog.pg_get_expr(stored.adbin, stored.adrelid) END,
           'generated_kind', CASE attribute.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
           'identity', CASE attribute.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
           'collation', (SELECT pg_catalog.format('%I.%I', space.nspname, rules.collname)
                           FROM pg_catalog.pg_collation AS rules
                           JOIN pg_catalog.pg_namespace AS space ON space.oid = rules.collnamespace
                           JOIN pg_catalog.pg_type AS type ON type.oid = attribute.atttypid
                          WHERE rules.oid = attribute.attcollation
                            AND attribute.attcollation <> type.typcollation)),
         pg_catalog.jsonb_build_object(
           'type', attribute.atttypid::bigint, 'modifier', attribute.atttypmod,
           'base', type.typname, 'category', type.typcategory, 'element', element.typname)
    FROM relation
    JOIN pg_catalog.pg_attribute AS attribute ON attribute.attrelid = relation.oid
    JOIN pg_catalog.pg_type AS type ON type.oid = attribute.atttypid
    LEFT JOIN pg_catalog.pg_type AS element ON element.oid = type.typbasetype
    LEFT JOIN pg_catalog.pg_attrdef AS stored
      ON stored.adrelid = attribute.attrelid AND stored.adnum = attribute.attnum
   WHERE attribute.attnum > 0 AND NOT attribute.attisdropped AND relation.relkind <> 'S'
  UNION ALL
  SELECT 'constraint', entry.oid, 0, relation.oid, relation.nspname, entry.conname,
         pg_catalog.format('%s.%I', relation.identity, entry.conname), NULL,
         pg_catalog.jsonb_build_object(
           'definition', pg_catalog.pg_get_constraintdef(entry.oid),
           'inherited', CASE WHEN NOT entry.conislocal THEN true END),
         pg_catalog.jsonb_build_object(
           'type', entry.contype, 'validated', entry.convalidated,
           'enforced', entry.conenforced, -- 18+
           'columns', entry.conkey, 'index', entry.conindid::bigint, 'references', entry.confrelid::bigint,
           'parent', entry.conparentid::bigint)
    FROM relation
    JOIN pg_catalog.pg_constraint AS entry ON entry.conrelid = relation.oid
   WHERE entry.contype IN ('c', 'f', 'p', 'u', 'x')
  UNION ALL
  SELECT 'index', entry.indexrelid, 0, relation.oid, space.nspname, class.relname,
         pg_catalog.format('%I.%I', space.nspname, class.relname), NULL,
         pg_catalog.jsonb_build_object(
           'definition', pg_catalog.pg_get_indexdef(entry.indexrelid),
           'valid', CASE WHEN NOT entry.indisvalid THEN false END),
         pg_catalog.jsonb_build_object(
           'valid', entry.indisvalid, 'unique', entry.indisunique, 'columns', entry.indkey::int2[],
           'filenode', class.relfilenode::bigint, 'kind', class.relkind,
           'constraint', (SELECT owner.oid::bigint FROM pg_catalog.pg_constraint AS owner
                           WHERE owner.conindid = entry.indexrelid AND owner.contype IN ('p', 'u', 'x')))
    FROM relation
    JOIN pg_catalog.pg_index AS entry ON entry.indrelid = relation.oid
    JOIN pg_catalog.pg_class AS class ON class.oid = entry.indexrelid
    JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
  UNION ALL
  SELECT 'trigger', entry.oid, 0, relation.oid, relation.nspname, entry.tgname,
         pg_catalog.format('%s.%I', relation.identity, entry.tgname), NULL,
         pg_catalog.jsonb_build_object(
           'definition', pg_catalog.pg_get_triggerdef(entry.oid),
           'enabled', CASE entry.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END),
         pg_catalog.jsonb_build_object('enabled', entry.tgenabled, 'function', entry.tgfoid::bigint,
           'events', entry.tgtype, 'condition', entry.tgqual IS NOT NULL, 'of', entry.tgattr <> ''::int2vector)
    FROM relation
    JOIN pg_catalog.pg_trigger AS entry ON entry.tgrelid = relation.oid
   WHERE NOT entry.tgisinternal
  UNION ALL
  SELECT 'rule', entry.oid, 0, relation.oid, relation.nspname, entry.rulename,
         pg_catalog.format('%s.%I', relation.identity, entry.rulename), NULL,
         pg_catalog.jsonb_build_object('definition', pg_catalog.pg_get_ruledef(entry.oid)), '{}'
    FROM relation
    JOIN pg_catalog.pg_rewrite AS entry ON entry.ev_class = relation.oid
   WHERE entry.rulename <> '_RETURN'
  UNION ALL
  SELECT 'policy', entry.oid, 0, relation.oid, relation.nspname, entry.polname,
         pg_catalog.format('%s.%I', relation.identity, entry.polname), NULL,
         pg_catalog.jsonb_build_object(
           'permissive', entry.polpermissive, 'command', entry.polcmd,
           'roles', (SELECT pg_catalog.jsonb_agg(coalesce(role.rolname::text, 'PUBLIC')
                                                 ORDER BY coalesce(role.rolname::text, 'PUBLIC') COLLATE "C")
                       FROM pg_catalog.unnest(entry.polroles) AS member (oid)
                       LEFT JOIN pg_catalog.pg_roles AS role ON role.oid = member.oid),
           'using', pg_catalog.pg_get_expr(entry.polqual, entry.polrelid),
           'with_check', pg_catalog.pg_get_expr(entry.polwithcheck, entry.polrelid)), '{}'
    FROM relation
    JOIN pg_catalog.pg_policy AS entry ON entry.polrelid = relation.oid
  UNION ALL
  SELECT 'function', routine.oid, 0, NULL, routine.nspname, routine.proname, routine.identity, 'routine',
         pg_catalog.jsonb_build_object(
           'owner', pg_catalog.pg_get_userbyid(routine.proowner),
           'definition', CASE WHEN routine.prokind IN ('f', 'p', 'w') THEN pg_catalog.pg_get_functiondef(routine.oid)
                              ELSE pg_catalog.pg_get_function_result(routine.oid) END),
         pg_catalog.jsonb_build_object('definer', routine.prosecdef, 'settings', routine.proconfig)
    FROM routine
  UNION ALL
  SELECT CASE kind.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, kind.oid, 0, NULL, kind.nspname, kind.typname,
         kind.identity, 'type',
         pg_catalog.jsonb_build_object(
           'owner', pg_catalog.pg_get_userbyid(kind.typowner),
           'labels', (SELECT pg_catalog.jsonb_agg(label.enumlabel ORDER BY label.enumsortorder)
                        FROM pg_catalog.pg_enum AS label WHERE label.enumtypid = kind.oid),
           'base', CASE WHEN kind.typtype = 'd' THEN pg_catalog.format_type(kind.typbasetype, kind.typtypmod) END,
           'not_null', CASE WHEN kind.typnotnull THEN true END,
           'default', kind.typdefault,
           'constraints', (SELECT pg_catalog.jsonb_object_agg(entry.conname, pg_catalog.pg_get_constraintdef(entry.oid))
                             FROM pg_catalog.pg_constraint AS entry
                            WHERE entry.contypid = kind.oid AND entry.contype = 'c'),
           'attributes', (SELECT pg_catalog.jsonb_agg(
                                   pg_catalog.format('%I %s', attribute.attname,
                                     pg_catalog.format_type(attribute.atttypid, attribute.atttypmod))
                                   ORDER BY attribute.attnum)
                            FROM pg_catalog.pg_attribute AS attribute
                           WHERE attribute.attrelid = kind.typrelid AND kind.typtype = 'c'
                             AND attribute.attnum > 0 AND NOT attribute.attisdropped)), '{}'
    FROM kind
  UNION ALL
  SELECT 'extension', entry.oid, 0, NULL, '', entry.extname, pg_catalog.quote_ident(entry.extname), NULL,
         pg_catalog.jsonb_build_object('version', entry.extversion, 'schema', space.nspname), '{}'
    FROM pg_catalog.pg_extension AS entry
    JOIN pg_catalog.pg_namespace AS space ON space.oid = entry.extnamespace
  UNION ALL
  SELECT 'event trigger', entry.oid, 0, NULL, '', entry.evtname, pg_catalog.quote_ident(entry.evtname), NULL,
         pg_catalog.jsonb_build_object(
           'event', entry.evtevent, 'tags', entry.evttags, 'enabled', entry.evtenabled,
           'function', pg_catalog.format('%I.%I', space.nspname, proc.proname)), '{}'
    FROM pg_catalog.pg_event_trigger AS entry
    JOIN pg_catalog.pg_proc AS proc ON proc.oid = entry.evtfoid
    JOIN space ON space.oid = proc.pronamespace
  UNION ALL
  SELECT 'default privileges', entry.oid, 0, NULL, coalesce(space.nspname, ''),
         pg_catalog.format('%s %s', pg_catalog.pg_get_userbyid(entry.defaclrole), entry.defaclobjtype),
         pg_catalog.format('%I on %s in %s', pg_catalog.pg_get_userbyid(entry.defaclrole),
           CASE entry.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
             WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large objects' END,
           coalesce(pg_catalog.quote_ident(space.nspname), 'every schema')),
         'default privileges', '{}', '{}'
    FROM pg_catalog.pg_default_acl AS entry
    LEFT JOIN pg_catalog.pg_namespace AS space ON space.oid = entry.defaclnamespace
  UNION ALL
  SELECT 'database', base.oid, 0, NULL, '', 'database', 'database', 'database',
         pg_catalog.jsonb_build_object('settings', (
           SELECT pg_catalog.jsonb_object_agg(coalesce(role.rolname::text, 'every role'), setting.setconfig)
             FROM pg_catalog.pg_db_role_setting AS setting
             LEFT JOIN pg_catalog.pg_roles AS role ON role.oid = setting.setrole
            WHERE setting.setdatabase = base.oid)), '{}'
    FROM pg_catalog.pg_database AS base WHERE base.datname = pg_catalog.current_database()
  UNION ALL
  -- Of the whole server: a migration may change them, and no description of one database shows them.
  SELECT 'role', role.oid, 0, NULL, '', role.rolname, pg_catalog.quote_ident(role.rolname), NULL,
         pg_catalog.jsonb_build_object(
           'superuser', CASE WHEN role.rolsuper THEN true END, 'createrole', CASE WHEN role.rolcreaterole THEN true END,
           'createdb', CASE WHEN role.rolcreatedb THEN true END, 'bypassrls', CASE WHEN role.rolbypassrls THEN true END,
           'replication', CASE WHEN role.rolreplication THEN true END, 'login', CASE WHEN role.rolcanlogin THEN true END,
           'member_of', (SELECT pg_catalog.jsonb_agg(DISTINCT owner.rolname::text)
                           FROM pg_catalog.pg_auth_members AS held
                           JOIN pg_catalog.pg_roles AS owner ON owner.oid = held.roleid
                          WHERE held.member = role.oid)), '{}'
    FROM pg_catalog.pg_roles AS role
   WHERE role.rolname !~ '^pg_'
)
SELECT object.class, object.oid, object.sub, object.parent, object.namespace, object.name, object.identity,
       pg_catalog.jsonb_strip_nulls(
         object.definition || pg_catalog.jsonb_build_object('privileges', privilege.privileges))::text AS definition,
       object.state::text AS state
  FROM object
  LEFT JOIN privilege
    ON privilege.class = object.acl_class AND privilege.oid = object.oid AND privilege.sub = object.sub
 ORDER BY object.class COLLATE "C", object.identity COLLATE "C", object.sub
