"""The memory of one worker of gunicorn, without its master, after a thousand pages of readers."""

import re
import tempfile
from itertools import cycle, islice
from urllib.parse import urlsplit

from . import load
from .many import ADDRESSES
from .table import Row, at_most, stated

MB = 1024 * 1024
PAGES = 1000
MOST_SHARED, MOST = 74, 110  # MB: the highest that an audit of 27 November 2026 found (proportional, resident)


def run() -> list[Row]:
    """Return the rows. What the store of pages keeps comes on top; ``store`` measures its limit."""
    with tempfile.TemporaryDirectory() as folder, load.gunicorn("safetycenter.wsgi", load.site(folder)) as server:
        load.fetch(server, ADDRESSES[0])
        first = _megabytes(server)
        _read(server, list(islice(cycle(ADDRESSES), PAGES)))
        shared, resident = _megabytes(server)
        every = _of_the_sitemap(server)
        _read(server, every)
        filled = _megabytes(server)
    return [
        stated("a worker without its master, after its first page: PSS; RSS", _both(first)),
        at_most(f"  after {PAGES} pages of {len(ADDRESSES)} kinds: proportional set size", shared, MOST_SHARED, " MB"),
        at_most("  the same: resident set size", resident, MOST, " MB"),
        stated(f"  after all {len(every)} pages of the sitemap, which the store keeps: PSS; RSS", _both(filled)),
    ]


def _read(server: load.Server, paths: list[str]) -> None:
    for path in paths:
        load.fetch(server, path)


def _of_the_sitemap(server: load.Server) -> list[str]:
    """Return the paths of all pages that the site tells search engines about."""
    found = re.findall(r"<loc>([^<]+)</loc>", load.fetch(server, "/sitemap.xml", "identity").decode())
    return [urlsplit(address).path for address in found]


def _megabytes(server: load.Server) -> tuple[float, float]:
    """Return the proportional and the resident set size of the only worker."""
    [worker] = server.process.children()
    found = worker.memory_full_info()
    return found.pss / MB, found.rss / MB


def _both(found: tuple[float, float]) -> str:
    return "{:.0f}; {:.0f} MB".format(*found)
