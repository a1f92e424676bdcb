#!/usr/bin/env bash
# Every test, on every supported PostgreSQL. Arguments go to each test project (for example: --filter-class '*Servers*').
# The last line is the total: "N passed, N failed". Fails when a test failed, when a project did not finish, and when
# nothing ran.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

for tool in openssl jq psql node npm; do
  command -v "$tool" >/dev/null || { echo "the tests need $tool: apt-get install openssl jq postgresql-client nodejs npm" >&2; exit 1; }
done
# The report page is tested in a real browser, found in PATH under one of these names.
has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
if ! has_browser && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium; } >&2 || true
fi
has_browser || { echo "the tests of the report page need chromium: apt-get install chromium" >&2; exit 1; }
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
