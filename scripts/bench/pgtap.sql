-- The same claims with pgTAP, each assertion asked of all tables by one query. Where it has no words for a part of a claim
-- (a check's expression and validity; that a trigger is enabled, and its function's body), is() compares what the catalog says.
BEGIN;
SELECT plan(7 * count(*)::integer) FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r';

SELECT col_not_null('bench', relname, 'tenant_id', relname || ' requires tenant_id')
FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r' ORDER BY relname;
SELECT col_type_is('bench', relname, 'tenant_id', 'text', relname || ' has tenant_id as text')
FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r' ORDER BY relname;

SELECT is((SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = c.oid AND conname = c.relname || '_payer_chk'),
          'CHECK ((payer IS NOT NULL)) NOT VALID', c.relname || ' checks payer')
FROM pg_class c WHERE c.relnamespace = 'bench'::regnamespace AND c.relkind = 'r' ORDER BY c.relname;

SELECT trigger_is('bench', relname, ('trg_' || relname || '_corr')::name, 'bench', 'set_correlation_id_if_null', relname || ' fills correlation_id')
FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r' ORDER BY relname;
SELECT is((SELECT g.tgenabled::text || ' ' || md5(p.prosrc) FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
           WHERE g.tgrelid = c.oid AND g.tgname = 'trg_' || c.relname || '_corr'),
          (SELECT 'O ' || md5(prosrc) FROM pg_proc WHERE oid = 'bench.set_correlation_id_if_null()'::regprocedure),
          c.relname || ' fires the reviewed body')
FROM pg_class c WHERE c.relnamespace = 'bench'::regnamespace AND c.relkind = 'r' ORDER BY c.relname;

SELECT has_index('bench', relname, (relname || '_tenant_received')::name, ARRAY['tenant_id', 'received_at']::name[], relname || ' is found by tenant')
FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r' ORDER BY relname;
SELECT index_is_type('bench', relname, (relname || '_tenant_received')::name, 'btree', relname || ' has a btree')
FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r' ORDER BY relname;

SELECT * FROM finish();
ROLLBACK;
