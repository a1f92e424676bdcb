-- The same claims as far as pgTAP has words for them: it does not read a check's expression and validity, or whether
-- a trigger is enabled and what its function does.
BEGIN;
SELECT plan(4 * count(*)::integer) FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r';
SELECT col_not_null('bench', relname, 'tenant_id', relname || ' requires tenant_id')
FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r' ORDER BY relname;
SELECT col_has_check('bench', relname, 'payer', relname || ' checks payer')
FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r' ORDER BY relname;
SELECT trigger_is('bench', relname, ('trg_' || relname || '_corr')::name, 'bench', 'set_correlation_id_if_null', relname || ' fills correlation_id')
FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r' ORDER BY relname;
SELECT has_index('bench', relname, (relname || '_tenant_received')::name, ARRAY['tenant_id', 'received_at']::name[], relname || ' is found by tenant')
FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r' ORDER BY relname;
SELECT * FROM finish();
ROLLBACK;
