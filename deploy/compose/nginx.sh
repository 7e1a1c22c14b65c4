#!/bin/sh
# Makes the configuration of compose.yaml from deploy/nginx.conf, so that both say the same, and starts nginx.
set -eu
tls=${TLS:-/tls} pages=${PAGES:-/var/cache/safetycenter}
for name in fullchain.pem privkey.pem; do
    [ -r "$tls/$name" ] || { echo "nginx cannot read $name in TLS_DIR: it must belong to root." >&2; exit 1; }
done
conf=${CONF:-/etc/nginx/conf.d/default.conf}
sed -e "s/server 127\.0\.0\.1:8000;/server public1:8000; server public2:8000;/" \
    -e "s/server 127\.0\.0\.1:8001;/server desk:8000;/" \
    -e "s#/etc/ssl/desk\.example\.org/#/tls/#; s#/etc/ssl/example\.org/#/tls/#" \
    -e "s/desk\.example\.org/$DESK_HOST/; s/server_name example\.org/server_name $SITE_HOST/" \
    -e "s#allow 10\.0\.0\.0/8; #allow $STAFF_NETWORK; #" \
    "${TEMPLATE:-/site/nginx.conf}" > "$conf"
# What nginx reads only when it starts: the headers of kept pages, which the first snapshot brings (until then no page is
# served from a file), certificates, and the addresses of the containers, which an upgrade makes again.
read_once() {
    cat "$pages"/headers.conf "$pages"/quick_exit.conf "$tls"/fullchain.pem "$tls"/privkey.pem 2>/dev/null | cksum
    getent hosts public1 public2 desk || true
}
before=$(read_once)  # here, or what changes before the other process begins would never be noticed
(
    while sleep "${RELOAD_SECONDS:-60}" && kill -0 $$ 2>/dev/null; do  # $$ is nginx by then
        now=$(read_once)
        if [ "$now" != "$before" ] && nginx -t -q; then
            nginx -s reload && before=$now
        fi
    done
) &
exec nginx -g "daemon off;"
