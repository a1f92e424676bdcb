#!/usr/bin/env bash
# Applies the pending migrations of schema/migrations to DATABASE_URL.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec scripts/symphony migrate "$@"
