#!/usr/bin/env bash
# Install a program that pip cannot install, if it is missing: need.sh chromium | compose | docker | faketime | gettext | lighthouse | nginx | pgbouncer | systemd | venv
# If it is not on PATH and cannot be installed, one sentence says what to do. Chromium is installed with a font that phones
# and desktop computers have, so that pages are measured as readers see them.
set -euo pipefail
cd "$(dirname "$0")/.."

# A program on PATH; `command -v` would also find the functions below, which have the same names.
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
  has_fonts || missing "a font that phones and desktop computers have, for the browser tests" "apt-get install fonts-liberation" "any of Roboto, Arial, Liberation Sans"
  .venv/bin/playwright install chromium ||
    missing "Chromium, for the browser tests" "apt-get install chromium" ".venv/bin/playwright install chromium"
}

gettext() {
  if is_there xgettext && is_there msgfmt; then return; fi
  echo "— installing gettext"
  if as_root && apt_install gettext; then return; fi
  missing "gettext, for the translation catalogues" "apt-get install gettext" "brew install gettext"
}

nginx() {
  if is_there nginx; then return; fi
  echo "— installing nginx"
  if as_root && apt_install nginx-light; then return; fi
  missing "nginx, for the tests of the snapshots" "apt-get install nginx-light" "brew install nginx"
}

pgbouncer() {
  if is_there pgbouncer; then return; fi
  echo "— installing PgBouncer"
  if as_root && apt_install pgbouncer; then return; fi
  missing "PgBouncer, for the test of nodes behind it" "apt-get install pgbouncer" "brew install pgbouncer"
}

lighthouse() {
  if [ -x .lighthouse/node_modules/.bin/lighthouse ]; then return; fi
  is_there npm || { if as_root; then apt_install npm; fi; }
  is_there npm || missing "node and npm, for Lighthouse" "apt-get install npm" "brew install node"
  echo "— installing Lighthouse"
  npm install --silent --no-audit --no-fund --prefix .lighthouse lighthouse@12.8.2
}

compose() {
  if is_there docker-compose || command docker compose version >/dev/null 2>&1; then return; fi
  echo "— installing docker-compose, which reads compose.yaml"
  if as_root && apt_install docker-compose; then return; fi
  missing "Docker Compose, to check compose.yaml" "apt-get install docker-compose" "the Compose plugin of Docker"
}

docker() {
  if command docker info >/dev/null 2>&1; then return; fi
  if as_root && is_there dockerd && is_there mmdebstrap; then return; fi
  echo "— installing a Docker engine"
  if as_root && apt_install docker.io docker-cli docker-buildx docker-compose iptables mmdebstrap; then return; fi
  missing "a Docker engine with Compose, to build and start the containers" "apt-get install docker.io docker-compose" "docker.com"
}

faketime() {
  if is_there faketime; then return; fi
  echo "— installing faketime, which moves the clock of a server"
  if as_root && apt_install faketime; then return; fi
  missing "faketime, for the tests of a clock that jumps" "apt-get install faketime" "the package faketime of your distribution"
}

systemd() {
  if is_there systemd-analyze; then return; fi
  echo "— installing systemd, which reads the units"
  if as_root && apt_install systemd; then return; fi
  missing "systemd-analyze, to check the units of deploy/" "apt-get install systemd" "the package systemd of your distribution"
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
