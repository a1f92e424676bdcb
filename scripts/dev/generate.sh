#!/usr/bin/env bash
# Makes again what is made of the code: the JSON Schemas and the page of kinds. A test fails where they differ.
set -euo pipefail
cd "$(dirname "$0")/../.."

mkdir -p schema/json
scripts/symphony explain --schema manifest >schema/json/manifest.schema.json
scripts/symphony explain --schema bundle >schema/json/evidence-bundle.schema.json
scripts/symphony explain --schema run >schema/json/evidence-run.schema.json
scripts/symphony explain --schema log-entry >schema/json/evidence-log-entry.schema.json
scripts/symphony explain --markdown >schema/KINDS.md
