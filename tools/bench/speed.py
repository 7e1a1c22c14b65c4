"""A guide as readers get it, compared with a bare Django view and a plain file: one table, measured in turns.

From memory, it is served by the same gunicorn as the bare view, which returns the same bytes; on both databases, with
few and with many guides. From the snapshot, by the same nginx as the plain file, configured by ``deploy/nginx.conf``.
"""

import shutil
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from tests import with_postgres
from tools import web_server

from . import load
from .many import FEW, MANY
from .table import Row, all_of, at_least, stated

PAGE = "/id/p/6/"
PLAIN = "/static/plain.html"
READ_WHILE_STOPPED = (PAGE, "/en/p/6/", "/id/bantuan/", "/en/help/", "/id/darurat/", "/id/", "/en/")
BARE, KEPT, FILE = "a bare Django view", "a guide from the snapshot", "a plain file"


def run() -> list[Row]:
    """Return first the result of each, then the ratios."""
    with ExitStack() as running:
        sites = _sites(running)
        visits = {f"a guide from memory, {name}": _from_memory(running, sites[name]) for name in sites}
        first = next(iter(sites.values()))
        visits[BARE] = _bare_view(running, first, next(iter(visits.values())).args[0])
        server, read = _nginx(running, first)
        visits |= {KEPT: partial(load.visit, server, PAGE, "gzip"), FILE: partial(load.visit, server, PLAIN, "gzip")}
        found = dict(zip(visits, load.in_turns(*visits.values()), strict=True))
    ours = [name for name in found if name not in {BARE, KEPT, FILE}]
    return [
        *(stated(name, f"{median(one.requests for one in found[name]):.0f}/s") for name in found),
        *(row for name in ours for row in _against_bare(name, found[name], found[BARE])),
        at_least(f"{KEPT} / {FILE}", load.ratio("requests", found[KEPT], found[FILE]), 0.95),
        all_of("pages read with the application stopped", read, len(READ_WHILE_STOPPED)),
    ]


def _against_bare(name: str, ours: list[load.Round], bare: list[load.Round]) -> list[Row]:
    return [
        at_least(f"{name} / bare view", load.ratio("requests", ours, bare), 1.3),
        at_least("  processor time, the other way round", load.ratio("cpu", bare, ours), 1.3),
    ]


def _sites(running: ExitStack) -> dict[str, dict]:
    """Return the environment of a whole site for each database and number of guides."""
    sites = {}
    for name in ("SQLite", "PostgreSQL"):
        for total in (FEW, MANY):
            database = {"DATABASE_URL": running.enter_context(with_postgres.server())} if name != "SQLite" else {}
            environment = load.site(_folder(running), database)
            load.manage(environment, "shell", "-c", f"from tools.bench.many import have; have({total})")
            sites[f"{name}, {total} guides"] = environment
    return sites


def _from_memory(running: ExitStack, environment: dict) -> partial:
    return partial(load.visit, running.enter_context(load.gunicorn("safetycenter.wsgi", environment)), PAGE)


def _bare_view(running: ExitStack, environment: dict, ours: load.Server) -> partial:
    body = Path(_folder(running), "body")
    body.write_bytes(load.fetch(ours, PAGE))
    server = running.enter_context(bare_view(body, environment))
    return partial(load.visit, server, PAGE)


def bare_view(body: Path, environment: dict):
    """Return a context manager: a running server that answers each request with the bytes in ``body``."""
    return load.gunicorn("tools.bare", environment | {"BENCH_BODY": str(body)}, settings_file=load.OF_OTHERS)


def _nginx(running: ExitStack, environment: dict) -> tuple[load.Server, int]:
    """Return nginx without an application behind it, and how many pages it serves: all are read from snapshots."""
    folder = Path(_folder(running))
    folder.chmod(0o755)  # nginx runs as another user
    load.manage(environment | {"SNAPSHOT_DIR": f"{folder}/snapshots"}, "write_snapshots")
    (folder / "static").mkdir()
    page = folder / "snapshots/kept" / PAGE.strip("/") / "index.html"
    for ending in ("", ".gz"):
        shutil.copy(f"{page}{ending}", f"{folder}{PLAIN}{ending}")
    port = load.free_port()
    conf = web_server.configuration(folder, port, upstream=load.free_port())
    server = running.enter_context(load.started(web_server.command(conf), port))
    return server, sum(_is_read(server, path) for path in READ_WHILE_STOPPED)


def _is_read(server: load.Server, path: str) -> bool:
    try:
        return bool(load.fetch(server, path, "gzip"))
    except (OSError, ValueError):
        return False


def _folder(running: ExitStack) -> str:
    return running.enter_context(tempfile.TemporaryDirectory())
