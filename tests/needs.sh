#!/usr/bin/env bash
# Gets what the tests need beside Python: a browser and two fonts, Java and two npm packages that check the pages, two
# shells, LibreOffice, and the libraries of Playwright and WeasyPrint. On Debian it says what is missing and installs it
# on this machine, and asks first where somebody can answer; with INSTALL=no, and elsewhere, it only says what to install.
# It ends well in any case: the tests that miss something are skipped and say so, and fail where $CI is set.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin
LOG=build/needs.log
NODE=build/node

has() { command -v "$1" >/dev/null 2>&1; }

has_browser() {
  local name
  for name in ${CHROME:+"$CHROME"} chromium chromium-browser google-chrome google-chrome-stable; do
    has "$name" && return
  done
  return 1
}

has_library() { [[ $(ldconfig -p 2>/dev/null) == *"$1"* ]]; }

has_font() { [[ $(fc-list "$1" family 2>/dev/null) ]]; }

has_bridge() { /usr/bin/python3 -c 'import uno' 2>/dev/null; }

has_node_packages() { [[ $NODE/.ready -nt tests/browser/package-lock.json ]]; }

# Names of Debian packages, one a line.
missing() {
  has_browser || echo chromium
  has fc-list || echo fontconfig
  has_font 'DejaVu Sans' || echo fonts-dejavu-core
  has_font 'Liberation Sans' || echo fonts-liberation
  has java || echo default-jre-headless
  has npm || has_node_packages || echo npm
  has zsh || echo zsh
  has fish || echo fish
  has soffice || echo libreoffice-calc
  has_bridge || echo python3-uno
  has_library libatomic.so.1 || echo libatomic1
  has_library libpango-1.0.so.0 || echo libpango-1.0-0
  has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
  has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
}

as_root() { if [[ $(id -u) == 0 ]]; then "$@"; else sudo -n "$@"; fi; }

may_install() { has apt-get && as_root true 2>/dev/null; }

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq --yes "$@" >>"$LOG" 2>&1 </dev/null; }

# The lists of packages are fetched only where the ones there are do not do.
install() { apt install --no-install-recommends "$@" || { apt update && apt install --no-install-recommends "$@"; }; }

# Whether these packages may be installed: said before, and asked where somebody can answer.
agreed() {
  local answer=
  [[ ${INSTALL:-} != no ]] || return 1
  echo "The tests need packages of the system that this machine lacks: $*"
  echo "They are now installed on this machine with apt-get. INSTALL=no leaves it as it is, and skips some tests."
  if [[ -t 0 && -t 1 && -z ${INSTALL:-}${CI:-} ]]; then read -r -p "Install them? [Y/n] " answer || answer=n; fi
  [[ ! $answer =~ ^[nN] ]]
}

get_packages() {
  local wanted
  mapfile -t wanted < <(missing)
  [[ ${#wanted[@]} -gt 0 ]] || return 0
  if may_install && agreed "${wanted[@]}"; then
    install "${wanted[@]}" || true
    mapfile -t wanted < <(missing)
  fi
  [[ ${#wanted[@]} -eq 0 ]] || echo "Some tests cannot run. Install these, by these names on Debian: ${wanted[*]}"
}

get_node_packages() {
  has_node_packages && return
  has npm || return 0
  mkdir -p "$NODE"
  cp tests/browser/package.json tests/browser/package-lock.json "$NODE"
  if (cd "$NODE" && npm ci --ignore-scripts --no-audit --no-fund --no-progress) >>"$LOG" 2>&1; then
    touch "$NODE/.ready"
  else
    echo "Some tests cannot run: npm could not install axe-core and vnu-jar. See $LOG"
  fi
}

mkdir -p build
get_packages
get_node_packages
