#!/usr/bin/env bash
# Puts Enketo, as npm has it, into one script for a page: build/enketo/enketo.js. It is made anew where this folder changed.
set -euo pipefail
cd "$(dirname "$0")"
BUILD=../../build/enketo
[[ ! $BUILD/enketo.js -nt package-lock.json || ! $BUILD/enketo.js -nt entry.js ]] || exit 0
mkdir -p "$BUILD"
cp package.json package-lock.json entry.js "$BUILD"
cd "$BUILD"
npm ci --ignore-scripts --no-audit --no-fund --no-progress --loglevel=error
core=enketo-core/src/js
npx esbuild entry.js --bundle --format=iife --outfile=enketo.js --log-level=error --external:libxslt \
  --alias:enketo/config=enketo-core/config.js --alias:enketo/widgets=$core/widgets.js \
  --alias:enketo/translator=$core/fake-translator.js --alias:enketo/dialog=$core/fake-dialog.js \
  --alias:enketo/file-manager=$core/file-manager.js \
  --alias:enketo/xpath-evaluator-binding=$core/xpath-evaluator-binding.js \
  --loader:.svg=text --loader:.png=dataurl --loader:.gif=dataurl
