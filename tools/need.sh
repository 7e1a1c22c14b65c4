#!/usr/bin/env bash
# Make sure that a program that pip cannot bring is there: need.sh chromium | gettext | lighthouse | nginx | venv
# Found on PATH, else installed; where neither is possible, one sentence says what to do. Chromium comes with a font that
# a phone or a desk could have: pages are measured as readers see them.
set -euo pipefail
cd "$(dirname "$0")/.."

# A program on PATH; `command -v` would also find the functions below, which bear the same names.
is_there() { type -P "$1" >/dev/null; }

as_root() { [ "$(id -u)" = 0 ] && is_there apt-get; }

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

has_chromium() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if is_there "$name"; then return 0; fi
  done
  [ -x "$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)')" ]
}

has_fonts() { ! is_there fc-list || fc-list : family | grep -qE 'Roboto|Arial|Liberation Sans'; }

chromium() {
  if has_chromium && has_fonts; then return; fi
  echo "— installing Chromium and a font"
  if as_root && apt_install chromium fonts-liberation; then return; fi
  has_fonts || missing "a font as phones and desks have, for the journeys" "apt-get install fonts-liberation" "any of Roboto, Arial, Liberation Sans"
  .venv/bin/playwright install chromium ||
    missing "Chromium, for the journeys in a real browser" "apt-get install chromium" ".venv/bin/playwright install chromium"
}

gettext() {
  if is_there xgettext && is_there msgfmt; then return; fi
  echo "— installing gettext"
  if as_root && apt_install gettext; then return; fi
  missing "gettext, for the catalogues" "apt-get install gettext" "brew install gettext"
}

nginx() {
  if is_there nginx; then return; fi
  echo "— installing nginx"
  if as_root && apt_install nginx-light; then return; fi
  missing "nginx, for the pages that it keeps" "apt-get install nginx-light" "brew install nginx"
}

lighthouse() {
  if [ -x .lighthouse/node_modules/.bin/lighthouse ]; then return; fi
  is_there npm || { if as_root; then apt_install npm; fi; }
  is_there npm || missing "node and npm, for Lighthouse" "apt-get install npm" "brew install node"
  echo "— installing Lighthouse"
  npm install --silent --no-audit --no-fund --prefix .lighthouse lighthouse@12.8.2
}

venv() {
  if as_root && apt_install python3-venv; then return; fi
  missing "Python's venv module" "apt-get install python3-venv" "Python from python.org"
}

missing() {
  echo "This needs $1. Install it as an administrator: $2 (or: $3)." >&2
  exit 1
}

"$1"
