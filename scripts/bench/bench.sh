#!/usr/bin/env bash
# Measures symphony against the least that any verifier must do, and against pgTAP. See --help.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
symphony=$root/scripts/symphony

usage() {
  cat <<'END'
Usage: scripts/bench/bench.sh [--tables N] [--runs RUNS]

Makes a database of N tables (default 2500, or $N) on a server of its own, and a manifest of 4 N invariants for it.
Then times these as whole processes, in turn, RUNS times each (default 5, or $RUNS):

  verify, written   symphony verify, all invariants written out
  verify, rules     symphony verify, the same as four for_each rules
  floor             psql, the same facts by four hand-written set queries: nothing judged, nothing recorded
  pgtap, written    pg_prove on the same claims, each assertion written out, where pgTAP and pg_prove are installed
  pgtap, sets       pg_prove on the same claims, each kind of assertion by one query over all tables
  verify, Phase 0   symphony verify of this repository's manifests on the migrated schema

and prints medians and ratios. CPU is the client's own, without the server's; peak is the largest process of the client.
psql must be on PATH. Peak and CPU need GNU time. pgTAP must be installed for the server that is measured:
  SYMPHONY_PG_BIN=/usr/lib/postgresql/15/bin scripts/bench/bench.sh
END
}

tables=${N:-2500} runs=${RUNS:-5}
arguments=("$@")
while [ $# -gt 0 ]; do
  case $1 in
    --tables) tables=${2:?} && shift 2 ;;
    --runs) runs=${2:?} && shift 2 ;;
    -h | --help) usage && exit 0 ;;
    *) usage >&2 && exit 3 ;;
  esac
done

if ! command -v psql >/dev/null; then
  echo "bench: psql is not on PATH: there is no floor to compare with. Install PostgreSQL's client, then run again." >&2
  exit 3
fi

if [ -z "${BENCH_SERVER:-}" ]; then
  BENCH_SERVER=1 exec "$symphony" server run -- "$here/bench.sh" ${arguments[@]+"${arguments[@]}"}
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gnu_time=$(command -v /usr/bin/time || true)
[ -n "$gnu_time" ] && "$gnu_time" -f '%M' -o /dev/null true 2>/dev/null || gnu_time=
# Times are read and printed with a point, whatever the user's language.
export LC_ALL=C PGDATABASE PGOPTIONS='-c client_min_messages=warning'

# Runs a command once, adding "wall cpu peak" (seconds, seconds, MB) to its file.
once() {
  local name=$1 began ended cpu=0 peak=0
  shift
  began=$EPOCHREALTIME
  if [ -n "$gnu_time" ]; then
    "$gnu_time" -f '%U %S %M' -o "$work/time" "$@" >"$work/out" 2>"$work/err" || failed "$name"
    read -r cpu peak < <(awk '{ print $1 + $2, $3 / 1024 }' "$work/time")
  else
    "$@" >"$work/out" 2>"$work/err" || failed "$name"
  fi
  ended=$EPOCHREALTIME
  awk -v b="$began" -v e="$ended" -v cpu="$cpu" -v peak="$peak" 'BEGIN { print e - b, cpu, peak }' >>"$work/$name.times"
}

failed() {
  echo "bench: $1 failed:" >&2
  tail -n 20 "$work/out" "$work/err" >&2
  exit 1
}

# The median of a column of a command's times.
median() {
  sort -g -k "$2,$2" "$work/$1.times" | awk -v c="$2" '{ v[NR] = $c } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

row() {
  [ -e "$work/$1.times" ] || return 0
  awk -v name="$2" -v median="$(median "$1" 1)" -v cpu="$(median "$1" 2)" -v gnu="$gnu_time" '
    NR == 1 { min = max = $1 }
    { min = $1 < min ? $1 : min; max = $1 > max ? $1 : max; peak = $3 > peak ? $3 : peak }
    END {
      printf "%-18s %8.3f %8.3f %8.3f", name, median, min, max
      if (gnu != "") printf " %8.2f %8.0f", cpu, peak
      printf "\n"
    }' "$work/$1.times"
}

ratio() {
  [ -e "$work/$1.times" ] && [ -e "$work/$2.times" ] || return 0
  awk -v a="$(median "$1" 1)" -v b="$(median "$2" 1)" -v text="$3" 'BEGIN { printf "%-44s %6.1f\n", text, a / b }'
}

echo "bench: making a database of $tables tables" >&2
psql -XqAt -c 'CREATE DATABASE symphony_bench' -c 'CREATE DATABASE symphony_phase0'
PGDATABASE=symphony_bench psql -XqAt -v ON_ERROR_STOP=1 -v tables="$tables" -f "$here/schema.sql" >/dev/null
"$here/manifests.sh" "$work/manifests" "$tables"

pgtap=
if ! command -v pg_prove >/dev/null; then
  echo "bench: pg_prove is not on PATH: pgTAP is left out" >&2
elif ! PGDATABASE=symphony_bench psql -XqAt -c 'CREATE EXTENSION pgtap' 2>"$work/err"; then
  echo "bench: this server has no pgTAP, which is left out: $(head -n 1 "$work/err")" >&2
else
  pgtap=1
  "$here/pgtap_written.sh" "$work/pgtap_written.sql" "$tables"
fi

cd "$root"
url=${DATABASE_URL:?}
base=${url%/*}
"$symphony" migrate --database-url "$base/symphony_phase0" >/dev/null

for ((run = 1; run <= runs; run++)); do
  echo "bench: round $run of $runs" >&2
  for form in written rules; do
    once "$form" "$symphony" verify --database-url "$base/symphony_bench" --invariants "$work/manifests/$form" --evidence "$work/evidence"
  done
  PGDATABASE=symphony_bench once floor psql -XqAt -v ON_ERROR_STOP=1 -f "$here/floor.sql"
  if [ -n "$pgtap" ]; then
    PGDATABASE=symphony_bench once pgtap_written pg_prove -Q "$work/pgtap_written.sql"
    PGDATABASE=symphony_bench once pgtap_sets pg_prove -Q "$here/pgtap.sql"
  fi
  once phase0 "$symphony" verify --database-url "$base/symphony_phase0" --evidence "$work/evidence"
done

echo
echo "$tables tables, $((4 * tables)) verdicts, PostgreSQL $(psql -XqAt -c 'SHOW server_version'), $runs runs, seconds and MB"
printf '%-18s %8s %8s %8s' command median min max
[ -z "$gnu_time" ] || printf ' %8s %8s' CPU peak
echo
row written 'verify, written'
row rules 'verify, rules'
row floor floor
row pgtap_written 'pgtap, written'
row pgtap_sets 'pgtap, sets'
row phase0 'verify, Phase 0'
echo
ratio written floor 'verify, written, to the floor (at most 4)'
ratio rules floor 'verify, rules, to the floor (at most 4)'
ratio pgtap_written written 'pgTAP to verify, written (at least 10)'
ratio pgtap_sets rules 'pgTAP, sets, to verify, rules (at least 10)'
