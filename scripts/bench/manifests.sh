#!/usr/bin/env bash
# Writes the manifests of schema.sql into a folder, twice: every invariant written out, and the same as four rules.
# Arguments: the folder, the number of tables.
set -euo pipefail

folder=$1 tables=$2
mkdir -p "$folder/written" "$folder/rules"

head() {
  printf 'symphony: 1\ntask: BENCH-1\nfailure_signature: P0.BENCH.%s\nschema: bench\ninvariants:\n' "$1"
}

# Arguments: the id's prefix, what comes before the claims, the table, the key that the claims begin with.
# A written invariant names its table; a rule's is given by the object found.
claims() {
  local id=$1 each=$2 table=$3 given=$4
  printf '  - {id: %snot-null, %scolumn: {%sname: tenant_id, type: text, nullable: false}}\n' "$id" "$each" "$given"
  printf '  - {id: %scheck, %scheck: {%sname: "%s_payer_chk", expression: payer IS NOT NULL, validated: false}}\n' "$id" "$each" "$given" "$table"
  printf '  - {id: %strigger, %sset_if_null: {%scolumn: correlation_id, trigger: "trg_%s_corr", function: set_correlation_id_if_null}}\n' "$id" "$each" "$given" "$table"
  printf '  - {id: %sindex, %sindex: {%sname: "%s_tenant_received", columns: [tenant_id, received_at]}}\n' "$id" "$each" "$given" "$table"
}

{
  head WRITTEN_OUT
  for ((n = 1; n <= tables; n++)); do
    printf -v table 't%05d' "$n"
    claims "$table-" '' "$table" "table: $table, "
  done
} >"$folder/written/bench.yml"

{
  head RULES
  claims every- "for_each: {tables: {name: \"t*\"}, at_least: $tables}, " '{table}' ''
} >"$folder/rules/bench.yml"
