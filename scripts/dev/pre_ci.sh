#!/usr/bin/env bash
# The gate: migrates a database made for it, verifies every invariant and proves that breaking them is noticed.
set -euo pipefail
exec "$(dirname "${BASH_SOURCE[0]}")/../symphony" gate "$@"
