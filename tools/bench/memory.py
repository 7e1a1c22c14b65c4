"""The memory of workers of gunicorn and of the main process that loads the code for them, after pages of readers.

Proportional set size divides each page of memory by the processes that have it, so the sum over all of them is what
the server takes. Of one worker it depends on how many there are; its resident set size does not.
"""

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
    with tempfile.TemporaryDirectory() as folder:
        environment = load.site(folder)
        with load.gunicorn("safetycenter.wsgi", environment) as server:
            load.fetch(server, ADDRESSES[0])
            first = _megabytes(server)
            _read(server, list(islice(cycle(ADDRESSES), PAGES)))
            shared, resident = _megabytes(server)
            every = _of_the_sitemap(server)
            _read(server, every)
            filled = _megabytes(server)
        two = _all_of(environment | {"WORKERS": "2"})
        public = _all_of(environment | {"WORKERS": "2", "NODE": "public"})
    return [
        stated("the only worker, without the main process, after its first page: PSS; RSS", _both(first)),
        at_most(f"  after {PAGES} pages of {len(ADDRESSES)} kinds: proportional set size", shared, MOST_SHARED, " MB"),
        at_most("  the same: resident set size", resident, MOST, " MB"),
        stated(f"  after all {len(every)} pages of the sitemap, which the store keeps: PSS; RSS", _both(filled)),
        stated(f"two workers after {PAGES} pages: PSS of the main process; of each worker; together", two),
        stated("  the same of a public node, which has no desk", public),
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


def _all_of(environment: dict) -> str:
    """Return the proportional set sizes of a server after ``PAGES`` pages: main process; workers; sum."""
    with load.gunicorn("safetycenter.wsgi", environment) as server:
        _read(server, list(islice(cycle(ADDRESSES), PAGES)))
        sizes = [one.memory_full_info().pss / MB for one in (server.process, *server.process.children())]
    main, *workers = (f"{size:.0f}" for size in sizes)
    return f"{main}; {', '.join(workers)}; {sum(sizes):.0f} MB"


def _both(found: tuple[float, float]) -> str:
    return "{:.0f}; {:.0f} MB".format(*found)
