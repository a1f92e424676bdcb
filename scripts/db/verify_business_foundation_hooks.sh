#!/usr/bin/env bash
# Verifies the invariants of the business foundation hooks against DATABASE_URL.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec scripts/symphony verify --task TSK-P0-149 "$@"
