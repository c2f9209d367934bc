#!/usr/bin/env bash
# Tests clean clones of what is committed in surroundings that no developer has: `make machines`.
#
#   tests/machines.sh              the quick suites, and the fonts of the browser, after `make lint`
#   tests/machines.sh .ci/run      or what else is to be run there
#
# Started by root, the first is tested by user 65534, who has no home and may do nothing. $PYTHON names the Python of the
# second; without it, it is the newest one that is found. What tests need beside Python has to be there: `make needs`.
set -euo pipefail
HERE=$(cd "$(dirname "$0")/.." && pwd)
QUICK='make lint && HYPOTHESIS_PROFILE=quick .venv/bin/python -m pytest -q -n auto tests/unit tests/commands tests/docs \
  tests/golden tests/browser/test_fonts.py tests/browser/test_needs.py'
[[ $# -gt 0 ]] || set -- bash -c "$QUICK"
FOLDER=$(mktemp -d)
trap 'chmod -R u+w "$FOLDER"; rm -rf "$FOLDER"' EXIT
chmod 755 "$FOLDER"

# The newest Python on the path or of pyenv.
newest() {
  local python
  for python in $(compgen -c python3. | grep -xE 'python3\.[0-9]+' || true) ~/.pyenv/versions/*/bin/python3; do
    "$python" -c 'import sys; print("%d.%03d" % sys.version_info[:2], sys.argv[1])' "$python" 2>/dev/null || true
  done | sort -u | tail -n 1 | cut -d ' ' -f 2
}

# Runs the words in the folder of the first, as nobody where root would.
as_a_user() {
  local one=()
  if [[ $(id -u) == 0 ]]; then
    chown -R 65534:65534 "$FOLDER"
    one=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  fi
  (cd "$1" && shift && umask 077 && "${one[@]}" env -u LC_ALL HOME="$FOLDER/home" PATH=/usr/local/bin:/usr/bin:/bin \
    LANG=C TZ=Pacific/Kiritimati "$@")
}

# A copy of a checkout that nobody may write to. Its folders have to be opened: .venv and build go into them.
copied() {
  git clone -q "$HERE" "$FOLDER/checkout"
  chmod -R a-w "$FOLDER/checkout"
  cp -r "$FOLDER/checkout" "$FOLDER/copy"
  find "$FOLDER/copy" -type d -exec chmod u+w {} +
}

echo "== A user, LANG=C, TZ=Pacific/Kiritimati, umask 077, a path with blanks and umlauts: $*"
mkdir "$FOLDER/home" "$FOLDER/Prüfung mit ä ö ü"
git clone -q "$HERE" "$FOLDER/Prüfung mit ä ö ü/involve audit"
as_a_user "$FOLDER/Prüfung mit ä ö ü/involve audit" "$@"

PYTHON=${PYTHON:-$(newest)}
echo "== A copy of a read-only checkout, LC_ALL=C, TZ=America/St_Johns, $("$PYTHON" --version): $*"
copied
(cd "$FOLDER/copy" && LC_ALL=C TZ=America/St_Johns PYTHON=$PYTHON "$@")
