#!/usr/bin/env bash
# Verifies every declared invariant against DATABASE_URL.
set -euo pipefail
exec "$(dirname "${BASH_SOURCE[0]}")/../symphony" verify "$@"
