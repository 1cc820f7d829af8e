#!/usr/bin/env bash
# Builds the extension, tries it against the real server, and packs it. POSTLINT names the program, else `postlint` is
# looked for. Needs Node 20 and a package registry.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-progress --loglevel=error
npm test --silent
npm run --silent package
