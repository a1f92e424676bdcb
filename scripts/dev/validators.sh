#!/usr/bin/env bash
# Installs the judges of the formats that symphony writes (validators/package.json), once for each state of their lock
# file, into the cache that the PostgreSQL builds are kept in, and prints their folder. npm checks every digest; nothing
# of theirs runs while they are installed.
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/validators" && pwd)

for tool in node npm; do
  command -v "$tool" >/dev/null || { echo "the validators need $tool: install Node.js 20 or later" >&2; exit 1; }
done
if [ -n "${SYMPHONY_CACHE:-}" ]; then cache=$SYMPHONY_CACHE
elif [ -n "${XDG_CACHE_HOME:-}" ]; then cache=$XDG_CACHE_HOME/symphony
elif [ "$(id -u)" -eq 0 ]; then cache=/var/cache/symphony
else cache=$HOME/.cache/symphony; fi
folder=$cache/validators-$(cat "$source/package.json" "$source/package-lock.json" "$source/.npmrc" | cksum | tr ' ' -)

if [ ! -e "$folder/node_modules" ]; then
  mkdir -p "$cache"
  new=$(mktemp -d "$folder.XXXXXX")
  trap 'rm -rf "$new"' EXIT
  cp "$source/package.json" "$source/package-lock.json" "$source/.npmrc" "$new"
  if ! npm ci --prefix "$new" --ignore-scripts --no-audit --no-fund >"$new/npm.log" 2>&1; then
    cat "$new/npm.log" >&2
    echo "the validators were not installed: without them nothing is known of the reports" >&2
    exit 1
  fi
  chmod +x "$new"/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool 2>/dev/null || true
  # Somebody else may have been quicker.
  [ -e "$folder/node_modules" ] || mv "$new" "$folder"
fi
echo "$folder"
