#!/bin/sh
# Make look/static/look, look/fonts-pdf and look/vendor/HASHES from the pinned packages and our own sources.
# Needs Node with npm, and a Python (PYTHON=...) with the packages of requirements/vendor. A second run gives the same bytes.
set -eu
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
out=../static/look

npm ci --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund
rm -rf "$out/css" "$out/img" "$out/fonts" "$out/licenses" ../fonts-pdf test
node build.mjs "$out"
"$python" tokens.py "$out/css/tokens.css"
"$python" fonts.py node_modules "$out/fonts" ../fonts-pdf
mkdir -p ../fonts-pdf && cp "$out"/licenses/public-sans.txt "$out"/licenses/source-serif-4.txt "$out"/licenses/ibm-plex-mono.txt ../fonts-pdf/

cd ..
find static fonts-pdf vendor/test -type f | LC_ALL=C sort | xargs sha256sum > vendor/HASHES
