#!/bin/sh
# Prepares database, keys and styles; run by compose.yaml before every start. Safe to repeat.
set -eu
umask 077
python manage.py set_up --wait 60
# No password in an argument, which every process of the machine can read: dbshell and \getenv take them from the environment.
python manage.py dbshell -- --quiet --single-transaction --set ON_ERROR_STOP=1 --file deploy/grants.sql --file - <<'SQL'
\getenv public PASSWORD_PUBLIC
\getenv desk PASSWORD_DESK
ALTER ROLE safetycenter_public PASSWORD :'public';
ALTER ROLE safetycenter_desk PASSWORD :'desk';
SQL
# A public node gets the halves that seal, and the pair that signs receipts. It signs the audit log with a separate pair.
for name in desk.public child_safety.public receipt.private receipt.public; do
    cp -f "$KEYS_DIR/$name" "$PUBLIC_KEYS_DIR/$name"
done
NODE=public KEYS_DIR="$PUBLIC_KEYS_DIR" python manage.py make_keys
cp -f "$PUBLIC_KEYS_DIR/node.public" "$KEYS_DIR/node-public.public"
