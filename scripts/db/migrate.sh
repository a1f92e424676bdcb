#!/usr/bin/env bash
# Applies the pending migrations of schema/migrations to DATABASE_URL.
set -euo pipefail
exec "$(dirname "${BASH_SOURCE[0]}")/../symphony" migrate "$@"
