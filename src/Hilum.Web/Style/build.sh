#!/usr/bin/env bash
# Compiles hilum.scss to ../wwwroot/hilum.css, which is committed: only who changes the style needs node.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
[[ -d node_modules ]] || npm ci --ignore-scripts --no-audit --no-fund
npm run --silent build
