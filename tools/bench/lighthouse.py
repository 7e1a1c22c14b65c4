"""Lighthouse's four scores, on a phone, for the most important pages."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.browser import NAMES

from . import load
from .table import Row

PAGES = (
    *("/id/", "/id/p/6/", "/id/panduan/dibully-online/", "/id/bantuan/", "/id/lapor/", "/id/cari/?q=dibully"),
    *("/id/aplikasi/tiktok/", "/id/aplikasi/bandingkan/"),
)
MARKS = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3
PROGRAM = load.ROOT / ".lighthouse/node_modules/.bin/lighthouse"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def run() -> list[Row]:
    """Return one row for each page: performance, accessibility, best practices, search."""
    with tempfile.TemporaryDirectory() as folder, load.portal(folder) as server:
        return [_row(server, path) for path in PAGES]


def _row(server: load.Server, path: str) -> Row:
    load.fetch(server, path)  # now cached, as for every visitor except the first
    marks = _marks(f"http://127.0.0.1:{server.port}{path}")
    if "?" in path:  # results of a search stay out of search engines on purpose (safety rule H9)
        del marks["seo"]
    figure = "/".join(str(marks.get(mark, "–")) for mark in MARKS)
    return Row(path, figure, "= 100", set(marks.values()) == {100})


def _marks(url: str) -> dict[str, int]:
    chrome = next(filter(None, map(shutil.which, NAMES)), "")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={FLAGS}"]
        environment = {**os.environ, "CHROME_PATH": chrome, "TMPDIR": folder}
        command += [f"--only-categories={','.join(MARKS)}"]
        # The browser sometimes loses the start of its recording, and Lighthouse then asks to be run again.
        tries = (subprocess.run(command, env=environment, check=False).returncode == 0 for _try in range(TRIES))
        if not any(tries):
            raise RuntimeError(f"Lighthouse failed {TRIES} times on {url}")
        found = json.loads(report.read_text())
    for audit in _below(found):
        print(f"      {audit['id']}: {audit['title']} {audit.get('displayValue', '')}")
    return {name: round(found["categories"][name]["score"] * 100) for name in MARKS}


def _below(found: dict) -> list[dict]:
    """Return the audits that lowered a score."""
    weighed = {ref["id"] for mark in MARKS for ref in found["categories"][mark]["auditRefs"] if ref["weight"] > 0}
    return [a for a in found["audits"].values() if a["id"] in weighed and a["score"] is not None and a["score"] < 0.9]
