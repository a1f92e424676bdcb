#!/usr/bin/env bash
# The gate: a fresh PostgreSQL, the migrations, every invariant verified, evidence left behind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec scripts/symphony gate "$@"
