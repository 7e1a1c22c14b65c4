"""The store of published pages: in memory, in every encoding, within a limit of bytes.

Compression is safe here (BREACH) because a kept page holds no secret and nothing that its visitor sent.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from gzip import compress as gzip
from typing import NamedTuple

import brotli
from django.conf import settings
from django.utils.http import parse_etags

from .build import build_id
from .versions import Versions

STORE_BYTES = 64 * 1024 * 1024  # limit for one process
FRESH_SECONDS = 60
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=9),
    "gzip": lambda body: gzip(body, compresslevel=9, mtime=0),
    "identity": bytes,
}
Headers = list[tuple[str, str]]


class Variant(NamedTuple):
    """One encoding of a page, ready to be sent."""

    body: bytes
    etag: str
    headers: Headers
    not_modified: Headers


class StoredPage(NamedTuple):
    """A page of one version in every encoding, and the groups that it belongs to."""

    version: int
    variants: dict[str, Variant]
    groups: Collection[str] | None = None

    @classmethod
    def of(
        cls,
        version: int,
        headers: Headers,
        body: bytes,
        etag_suffix: str = "",
        groups: Collection[str] | None = None,
    ) -> "StoredPage":
        """Compress ``body`` and prepare the headers; ``headers`` are those of Django's response.

        ``etag_suffix`` makes the ETags of different pages at one address differ.
        """
        tag = f"{build_id()}-{version}{etag_suffix}"
        return cls(version, {name: _variant(name, tag, headers, body) for name in ENCODINGS}, groups)

    @property
    def size(self) -> int:
        """Return the number of bytes that the page takes in the store."""
        return sum(len(variant.body) for variant in self.variants.values())

    def answer(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Send the page in the encoding that the visitor prefers: whole, headers only, or 304 Not Modified."""
        variant = self.variants[preferred_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        if _matches(environ.get("HTTP_IF_NONE_MATCH", ""), variant.etag):
            start_response("304 Not Modified", variant.not_modified.copy())
            return []
        start_response("200 OK", variant.headers.copy())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]


class PageStore:
    """Pages by address, at most ``limit`` bytes in total; the least recently used page is dropped first."""

    def __init__(self, limit: int = STORE_BYTES) -> None:
        self.limit = limit
        self.size = 0
        self._pages: OrderedDict[tuple, StoredPage] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def count(self) -> int:
        """Return how many pages are kept."""
        return len(self._pages)

    def get(self, address: tuple, versions: Versions | None) -> StoredPage | None:
        """Return the page at ``address`` if no publication has touched it since it was made."""
        page = self._pages.get(address)
        if page is None or versions is None or page.version != versions.of(page.groups):
            return None
        try:  # noqa: SIM105 (suppress() costs more than everything else here)
            self._pages.move_to_end(address)  # atomic in the interpreter, so readers need no lock
        except KeyError:
            pass  # another thread has just dropped it
        return page

    def put(self, address: tuple, page: StoredPage) -> None:
        """Keep ``page``, unless it is larger than the whole store."""
        if page.size > self.limit:
            return
        with self._lock:
            self._drop(address)
            self._pages[address] = page
            self.size += page.size
            while self.size > self.limit:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Remove every page."""
        with self._lock:
            self._pages.clear()
            self.size = 0

    def _drop(self, address: tuple) -> None:
        if page := self._pages.pop(address, None):
            self.size -= page.size


@lru_cache(maxsize=256)
def preferred_encoding(accepted: str) -> str:
    """Return the best of our encodings that an Accept-Encoding header allows; ``identity`` when it names none."""
    allowed = {name for name, _, quality in map(_parse_coding, accepted.lower().split(",")) if _is_above_zero(quality)}
    return next((name for name in ENCODINGS if name in allowed), "identity")


def _parse_coding(text: str) -> tuple[str, str, str]:
    return text.replace(" ", "").partition(";q=")


def _is_above_zero(quality: str) -> bool:
    try:
        return float(quality or "1") > 0
    except ValueError:
        return False


def _variant(encoding: str, tag: str, headers: Headers, body: bytes) -> Variant:
    body = ENCODINGS[encoding](body)
    etag = f'"{tag}-{encoding}"'
    lasting = [("ETag", etag), ("Vary", "Accept-Encoding, Save-Data"), *cache_headers()]
    ours = {"etag", "vary", "cache-control", "content-length", "last-modified", "expires"}
    sent = [header for header in headers if header[0].lower() not in ours] + lasting
    if encoding != "identity":
        sent.append(("Content-Encoding", encoding))
    return Variant(body, etag, [*sent, ("Content-Length", str(len(body)))], lasting)


def cache_headers() -> Headers:
    """Return the headers that say how long browsers and caches may keep a readers' page without asking."""
    return [("Cache-Control", f"public, max-age={0 if settings.DEBUG else FRESH_SECONDS}, must-revalidate")]


def _matches(header: str, etag: str) -> bool:
    """Return whether an If-None-Match header names ``etag``; proxies that compress make the ETag weak."""
    return bool(header) and any(known == "*" or known.removeprefix("W/") == etag for known in parse_etags(header))
