#!/usr/bin/env bash
# Verifies every declared invariant against DATABASE_URL.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec scripts/symphony verify "$@"
