#!/bin/sh
# Makes the configuration of compose.yaml from deploy/nginx.conf, so that both say the same, and starts nginx.
set -eu
for name in fullchain.pem privkey.pem; do
    [ -r "${TLS:-/tls}/$name" ] || { echo "nginx cannot read $name in TLS_DIR: it must belong to root." >&2; exit 1; }
done
conf=${CONF:-/etc/nginx/conf.d/default.conf}
sed -e "s/server 127\.0\.0\.1:8000;/server public1:8000; server public2:8000;/" \
    -e "s/server 127\.0\.0\.1:8001;/server desk:8000;/" \
    -e "s#/etc/ssl/desk\.example\.org/#/tls/#; s#/etc/ssl/example\.org/#/tls/#" \
    -e "s/desk\.example\.org/$DESK_HOST/; s/server_name example\.org/server_name $SITE_HOST/" \
    -e "s#allow 10\.0\.0\.0/8; #allow $STAFF_NETWORK; #" \
    "${TEMPLATE:-/site/nginx.conf}" > "$conf"
exec nginx -g "daemon off;"
