#!/bin/sh
# Writes .env for compose.yaml with new random secrets, and certificates: one for trying the site, one for the store of files.
# What exists is kept; secrets that an older .env lacks are added.
#   sudo deploy/compose/prepare.sh aman.example.org desk.example.org
# As root: nginx in its container reads the certificate as root without the right to read files of other users. With
# rootless Docker, where root in a container is you: ROOTLESS=1 deploy/compose/prepare.sh …
set -eu
if [ "$(id -u)" != 0 ] && [ -z "${ROOTLESS:-}" ]; then
    echo "Run this as root, or with ROOTLESS=1 if Docker runs as you: nginx could not read the certificate." >&2
    exit 1
fi
cd "$(dirname "$0")/../.."
site=${1:?the name of the site, such as aman.example.org}
desk=${2:?the name of the desk, such as desk.example.org}
umask 077
if [ ! -e .env ]; then
    {
        echo "# Settings of compose.yaml; deploy/env.example explains them. Keep a copy with the keys."
        echo "SITE_HOST=$site"
        echo "DESK_HOST=$desk"
        echo "# The network from which staff may open the desk."
        echo "STAFF_NETWORK=${STAFF_NETWORK:-10.0.0.0/8}"
        echo "OPERATOR_NAME="
        echo "OPERATOR_CONTACT="
        echo "DATA_PROTECTION_CONTACT="
        echo "EMAIL_URL=consolemail://"
        echo "# The sender that locked phones of people on call show: an address of a domain that names neither the site nor its subject."
        echo "DEFAULT_FROM_EMAIL="
    } > .env
    echo "Written: .env. Fill in who runs the site, EMAIL_URL and DEFAULT_FROM_EMAIL; the report form stays closed until then."
fi
for name in SECRET_KEY_PUBLIC SECRET_KEY_DESK PASSWORD_OWNER PASSWORD_PUBLIC PASSWORD_DESK \
    FILES_SECRET_PUBLIC FILES_SECRET_DESK FILES_SECRET_SETUP; do
    grep -q "^$name=" .env || echo "$name=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" >> .env
done
if [ ! -e deploy/compose/tls/privkey.pem ]; then
    mkdir -p deploy/compose/tls
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$site" -addext "subjectAltName=DNS:$site,DNS:$desk" \
        -keyout deploy/compose/tls/privkey.pem -out deploy/compose/tls/fullchain.pem 2>/dev/null
    echo "Written: a certificate for trying it. Browsers warn of it; set TLS_DIR to the folder of a real one."
fi
if [ ! -e deploy/compose/tls-files/key.pem ]; then
    mkdir -p deploy/compose/tls-files
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=files -addext "subjectAltName=DNS:files,IP:127.0.0.1" \
        -keyout deploy/compose/tls-files/key.pem -out deploy/compose/tls-files/cert.pem 2>/dev/null
    chmod 644 deploy/compose/tls-files/cert.pem
    echo "Written: the certificate of the store of files, for ten years. Only these containers use it."
fi
