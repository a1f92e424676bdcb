#!/usr/bin/env bash
# Makes again what is made of the code: the JSON Schemas, the pages of kinds and of rules. A test fails where they differ.
set -euo pipefail
cd "$(dirname "$0")/../.."

mkdir -p schema/json
# A file is replaced when its successor is whole: a build that fails leaves what was there.
make() {
  scripts/symphony "${@:2}" >"$1.new" && mv "$1.new" "$1" || { rm -f "$1.new"; exit 1; }
}
make schema/json/manifest.schema.json explain --schema manifest
make schema/json/evidence-bundle.schema.json explain --schema bundle
make schema/json/evidence-run.schema.json explain --schema run
make schema/json/evidence-reports.schema.json explain --schema reports
make schema/json/evidence-log-entry.schema.json explain --schema log-entry
make schema/KINDS.md explain --markdown
make schema/LINT.md lint --markdown
