#!/usr/bin/env bash
# Makes again what is made of the code: the JSON Schemas, the pages of kinds and of rules. A test fails where they differ.
set -euo pipefail
cd "$(dirname "$0")/../.."

mkdir -p schema/json
scripts/symphony explain --schema manifest >schema/json/manifest.schema.json
scripts/symphony explain --schema bundle >schema/json/evidence-bundle.schema.json
scripts/symphony explain --schema run >schema/json/evidence-run.schema.json
scripts/symphony explain --markdown >schema/KINDS.md
scripts/symphony lint --markdown >schema/LINT.md
