#!/usr/bin/env bash
# Writes pgtap.sql's assertions into a file as pgTAP's manual writes tests: each by itself, with the names written out.
# Arguments: the file, the number of tables.
set -euo pipefail

file=$1 tables=$2
{
  printf 'BEGIN;\nSELECT plan(%d);\n' $((7 * tables))
  for ((n = 1; n <= tables; n++)); do
    printf -v table 't%05d' "$n"
    cat <<END
SELECT col_not_null('bench', '$table', 'tenant_id', '$table requires tenant_id');
SELECT col_type_is('bench', '$table', 'tenant_id', 'text', '$table has tenant_id as text');
SELECT is((SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'bench.$table'::regclass AND conname = '${table}_payer_chk'),
          'CHECK ((payer IS NOT NULL)) NOT VALID', '$table checks payer');
SELECT trigger_is('bench', '$table', 'trg_${table}_corr', 'bench', 'set_correlation_id_if_null', '$table fills correlation_id');
SELECT is((SELECT g.tgenabled::text || ' ' || md5(p.prosrc) FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
           WHERE g.tgrelid = 'bench.$table'::regclass AND g.tgname = 'trg_${table}_corr'),
          (SELECT 'O ' || md5(prosrc) FROM pg_proc WHERE oid = 'bench.set_correlation_id_if_null()'::regprocedure),
          '$table fires the reviewed body');
SELECT has_index('bench', '$table', '${table}_tenant_received', ARRAY['tenant_id', 'received_at']::name[], '$table is found by tenant');
SELECT index_is_type('bench', '$table', '${table}_tenant_received', 'btree', '$table has a btree');
END
  done
  printf 'SELECT * FROM finish();\nROLLBACK;\n'
} >"$file"
