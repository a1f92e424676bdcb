#!/usr/bin/env bash
# Every test, on every supported PostgreSQL. Arguments go to each test project (for example: --filter-class '*Servers*').
# The last line is the total: "N passed, N failed". Fails when a test failed, when a project did not finish, and when
# nothing ran.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# What the tests hold Symphony against, by the Debian package that has it. Whoever may install packages need not.
missing=
needs() { # PACKAGE COMMAND…: one of the commands is enough
  local package=$1 command
  for command in "${@:2}"; do
    if command -v "$command" >/dev/null; then return; fi
  done
  missing+=" $package"
}
check() {
  missing=
  needs openssl openssl
  needs jq jq
  needs postgresql-client psql
  needs nodejs node
  needs npm npm
  needs chromium chromium chromium-browser google-chrome # the report page is tested in a real browser
  needs prometheus-node-exporter prometheus-node-exporter node_exporter # and the metrics in a real exporter
}
check
if [ -n "$missing" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  # shellcheck disable=SC2086 # a list of packages
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing; } >&2 || true
  check
fi
if [ -n "$missing" ]; then
  echo "the tests need packages that are not there: apt-get install$missing" >&2
  exit 1
fi
scripts/symphony server install --postgres all >/dev/null
scripts/dev/validators.sh >/dev/null
dotnet tool restore >/dev/null
dotnet build --nologo --verbosity quiet

passed=0 failed=0 unfinished=
dotnet csharpier check . || unfinished+=" formatting"
for project in tests/*/; do
  name=$(basename "$project")
  results=artifacts/tests/$name
  rm -rf "$results"
  echo "== $name"
  # A skipped test has tested nothing: it counts as failed.
  code=0
  dotnet "$project/bin/Debug/net10.0/$name.dll" --no-progress --fail-skips on --no-ansi \
    --results-directory "$PWD/$results" --report-xunit --report-xunit-filename results.xml "$@" || code=$?

  totals=$(grep -o '<assembly [^>]*>' "$results/results.xml" 2>/dev/null || true)
  count() { sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" <<<"$totals"; }
  passed=$((passed + 10#0$(count passed)))
  failed=$((failed + 10#0$(count failed)))
  case $code in
    0 | 2) ;;                                            # all passed; some failed, and are counted
    8) [ $# -gt 0 ] || unfinished+=" $name(no tests)" ;; # a filter may leave nothing of one project
    *) unfinished+=" $name($code)" ;;
  esac
  if [ -z "$totals" ] && [ "$code" -ne 8 ]; then unfinished+=" $name(no results)"; fi
done

if [ -n "$unfinished" ]; then echo "did not finish:$unfinished" >&2; fi
echo "$passed passed, $failed failed"
[ "$passed" -gt 0 ] && [ "$failed" -eq 0 ] && [ -z "$unfinished" ]
