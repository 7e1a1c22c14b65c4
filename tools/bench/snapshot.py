"""A guide from the snapshot behind nginx, as ``deploy/nginx.conf`` gives it, against a plain file in the same nginx."""

import re
import shutil
import tempfile
from functools import partial
from pathlib import Path

from . import load
from .table import Row, at_least

PAGE = "/id/p/6/"
PLAIN = "/static/plain.html"
READ_WHILE_STOPPED = (PAGE, "/en/p/6/", "/id/bantuan/", "/en/help/", "/id/darurat/", "/id/", "/en/")


def run() -> list[Row]:
    """The ratio, with the application never started: so every page read here is read while it is stopped."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # nginx's workers are another user
        environment = load.site(f"{folder}/var") | {"SNAPSHOT_DIR": f"{folder}/snapshots"}
        load.manage(environment, "write_snapshots")
        Path(folder, "var").chmod(0o755)
        _copy_as_plain_file(folder)
        port = load.free_port()
        conf = _configuration(folder, port)
        with load.started(["nginx", "-p", folder, "-c", str(conf), "-g", "daemon off;"], port) as server:
            pages = [load.fetch(server, path, "gzip") for path in READ_WHILE_STOPPED]
            kept, plain = load.in_turns(
                partial(load.visit, server, PAGE, "gzip"), partial(load.visit, server, PLAIN, "gzip")
            )
    return [
        Row("pages read with the application stopped", str(len(pages)), f"= {len(READ_WHILE_STOPPED)}", all(pages)),
        at_least("guide from the snapshot / plain file, same nginx", kept.requests / plain.requests, 0.9),
    ]


def _copy_as_plain_file(folder: str) -> None:
    page = Path(folder, "snapshots/kept", PAGE.strip("/"), "index.html")
    for ending in ("", ".gz"):
        shutil.copy(f"{page}{ending}", f"{folder}/var{PLAIN}{ending}")


def _configuration(folder: str, port: int) -> Path:
    """``deploy/nginx.conf`` with the places of this run and without TLS."""
    text = (load.ROOT / "deploy/nginx.conf").read_text()
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^ *(ssl_|http2|error_log).*\n", "", text, flags=re.MULTILINE)
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    text = text.replace("/var/cache/safetycenter", f"{folder}/snapshots").replace(
        "/var/lib/safetycenter", f"{folder}/var"
    )
    written = Path(folder, "nginx.conf")
    types = "types { text/html html; text/css css; application/javascript js; image/svg+xml svg; font/woff2 woff2; }"
    http = f"{types} keepalive_requests 10000000; {text}"
    written.write_text(
        f"worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ {http} }}"
    )
    return written
