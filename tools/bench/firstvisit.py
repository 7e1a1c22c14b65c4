"""A first visit with a phone: the bytes transferred, and the time until the largest paint on a slow line."""

import os
import shutil
import statistics
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.browser import FLAGS, NAMES, PHONE
from tests.education.budgets import FONT_KB

from . import load
from .table import Row, at_most

PAGES = (
    *("/id/", "/id/panduan/dibully-online/", "/id/p/6/", "/id/bantuan/", "/id/lapor/"),
    *("/id/aplikasi/tiktok/", "/id/aplikasi/bandingkan/", "/id/cari/?q=dirundung"),
)
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
KB = 1024
FORM = "/id/lapor/"
COOKIES = {FORM: 1}  # the form's CSRF token; readers' pages set no cookie
CSS_KB = {FORM: 15}  # what every step of the form needs, loaded once; together the page keeps the same 45 KB
LARGEST = """() => new Promise(done => new PerformanceObserver(
  list => done(Math.max(...list.getEntries().map(entry => entry.startTime)))
).observe({type: 'largest-contentful-paint', buffered: true}))"""


def run() -> list[Row]:
    """Return the weight of common first pages, and their largest paint at 400 kbit/s, 400 ms and with a slow CPU."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, load.portal(folder) as server:
        address = f"http://127.0.0.1:{server.port}"
        return [row for path in PAGES for row in _rows(browser, server, address, path)]


def _rows(browser, server: load.Server, address: str, path: str) -> list[Row]:
    load.fetch(server, path)  # now cached, as for every visitor except the first
    return [*_weight(path, _first_visit(browser, address + path)), _paint(browser, address + path)]


@contextmanager
def chromium():
    """Yield a running Chromium."""
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path)
        browser = playwright.chromium.launch(
            executable_path=found, args=[*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        )
        yield browser
        browser.close()


def _first_visit(browser, url: str) -> dict:
    """Return the transferred bytes by kind, the number of requests, those to other sites, and cookies."""
    context = browser.new_context(viewport=PHONE, locale="id-ID")
    page, asked, sizes = context.new_page(), {}, defaultdict(int)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.responseReceived", lambda event: asked.update(_over_the_wire(event)))

    def add(event):
        if found := asked.get(event["requestId"]):
            sizes[found["type"]] += event["encodedDataLength"]

    devtools.on("Network.loadingFinished", add)
    page.goto(url, wait_until="networkidle")
    elsewhere = [e for e in asked.values() if urlsplit(e["response"]["url"]).netloc not in {urlsplit(url).netloc, ""}]
    visit = {
        "sizes": dict(sizes),
        "requests": len(asked),
        "elsewhere": len(elsewhere),
        "cookies": len(context.cookies()),
    }
    context.close()
    return visit


def _over_the_wire(event: dict) -> dict:
    """Return ``{request id: event}``; empty for an image embedded in the style sheet, which is no request."""
    return {} if event["response"]["url"].startswith("data:") else {event["requestId"]: event}


def _weight(path: str, visit: dict) -> list[Row]:
    sizes, total = visit["sizes"], sum(visit["sizes"].values())
    images = sizes.get("Image", 0)
    return [
        at_most(f"first visit to {path}, everything without images", (total - images) / KB, 45, " KB"),
        at_most("  with images", total / KB, 100, " KB"),
        at_most("  HTML", sizes.get("Document", 0) / KB, 12, " KB"),
        at_most("  CSS", sizes.get("Stylesheet", 0) / KB, CSS_KB.get(path, 13), " KB"),
        at_most("  script", sizes.get("Script", 0) / KB, 4, " KB"),
        at_most("  font", sizes.get("Font", 0) / KB, FONT_KB, " KB"),
        at_most("  requests", visit["requests"], 8),
        at_most("  requests to other sites", visit["elsewhere"], 0),
        at_most("  cookies", visit["cookies"], COOKIES.get(path, 0)),
    ]


def _paint(browser, url: str) -> Row:
    seconds = statistics.median(largest_paint(browser, url) for _ in range(3))
    return at_most("  largest paint, slow line and phone", seconds, 2.0, " s")


def largest_paint(browser, url: str) -> float:
    """Return the seconds until the largest paint of ``url`` for a new visitor with a slow line and processor."""
    context = browser.new_context(viewport=PHONE, locale="id-ID")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.goto(url, wait_until="load")
    seconds = page.evaluate(LARGEST) / 1000
    context.close()
    return seconds
