"""A guide from the snapshot behind nginx, as ``deploy/nginx.conf`` gives it, against a plain file in the same nginx."""

import shutil
import tempfile
from functools import partial
from pathlib import Path

from tools import web_server

from . import load
from .table import Row, at_least

PAGE = "/id/p/6/"
PLAIN = "/static/plain.html"
READ_WHILE_STOPPED = (PAGE, "/en/p/6/", "/id/bantuan/", "/en/help/", "/id/darurat/", "/id/", "/en/")


def run() -> list[Row]:
    """The ratio, with the application never started: so every page read here is read while it is stopped."""
    with tempfile.TemporaryDirectory() as folder:
        environment = load.site(f"{folder}/var") | {"SNAPSHOT_DIR": f"{folder}/snapshots"}
        load.manage(environment, "write_snapshots")
        _copy_as_plain_file(folder)
        port = load.free_port()
        conf = web_server.configuration(Path(folder), port, upstream=load.free_port())
        with load.started(web_server.command(conf), port) as server:
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
