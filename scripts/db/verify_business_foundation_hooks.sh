#!/usr/bin/env bash
# Verifies the invariants of the business foundation hooks against DATABASE_URL.
set -euo pipefail
exec "$(dirname "${BASH_SOURCE[0]}")/../symphony" verify --task TSK-P0-149 "$@"
