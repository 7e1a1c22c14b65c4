"""The page cache: published pages are served from memory, so that readers never wait for the database.

A readers' page depends only on its URL, the build and its version. ``cached_page`` marks a view whose responses are
such pages; ``PageCacheMiddleware`` wraps the whole application and keeps the marked responses.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.gzip import gzip_page

from . import display_modes
from .store import Headers, PageStore, StoredPage
from .versions import Versions

log = logging.getLogger(__name__)

CACHEABLE_KEY = "safetycenter.published"  # key in the WSGI environment: the query parameters that the marked view knows
ONE_LANGUAGE_KEY = (
    "safetycenter.one_language"  # key: whether the response ignores the language that the browser asks for
)
GROUPS_KEY = "safetycenter.groups"  # key: the groups whose publications touch the response; missing: every publication
POLL_SECONDS = 1.0


def cached_page(
    view: Callable | None = None,
    *,
    query: Collection[str] = (),
    one_language: bool = False,
    groups: Collection[str] | None = None,
) -> Any:
    """Mark the responses of ``view`` as the same for everyone, so that they may be kept.

    ``query`` names the parameters that the view knows; a URL with any other parameter is never kept. ``one_language``
    is for a URL without a language prefix whose response does not depend on the browser's language either. ``groups``
    is for pages that show nothing of what a narrow publication changes, except of these groups (``touched_only_by``)
    and of those that its template adds; without it, every publication touches them. Use it as ``@cached_page`` or
    ``@cached_page(query=("topic",))``. Every page has display modes, see ``display_modes``.
    """
    if view is None:
        return lambda undecorated: cached_page(undecorated, query=query, one_language=one_language, groups=groups)

    view = display_modes.display_modes(view)
    compressed = gzip_page(view)  # of an address that is never kept, as a network adds one to a link: ?fbclid=…

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = request.META[CACHEABLE_KEY] = frozenset({*query, *display_modes.ALLOWED_VALUES})
        request.META[ONE_LANGUAGE_KEY] = one_language
        if groups is not None:
            touched_only_by(request, *groups)
        answer = view if _allows_query(known, request.META.get("QUERY_STRING", "")) else compressed
        return answer(request, *args, **kwargs)

    wrapper.is_cached_page = True  # type: ignore[attr-defined]
    return wrapper


def touched_only_by(request: HttpRequest, *groups: str) -> None:
    """Say that the page that answers ``request`` changes only with a publication that touches every page or ``groups``.

    ``tests/education/test_touched_pages.py`` publishes every kind of narrow change and compares all pages.
    """
    request.META[GROUPS_KEY] = groups


def also_touched_by(request: HttpRequest | None, *groups: str) -> None:
    """Add ``groups`` to those of the page that answers ``request``: what is being rendered shows something of them.

    A page that names no groups is touched by every publication anyway. Without a request there is no page.
    """
    known = request.META.get(GROUPS_KEY) if request is not None else None
    if request is not None and known is not None:
        # Many stored pages name the same groups: interned, a name is in memory once.
        request.META[GROUPS_KEY] = tuple(dict.fromkeys((*known, *map(sys.intern, groups))))


class CacheVersionPoll:
    """The current versions of pages, queried at most once in ``every`` seconds however many visitors there are.

    Only one thread queries at a time while the others use the last known versions. So a database that hangs delays one
    visitor, and one that fails delays nobody: kept pages are still served.
    """

    def __init__(self, query_versions: Callable[[], Versions], every: float = POLL_SECONDS) -> None:
        self.every = every
        self._ask = query_versions
        self._known: Versions | None = None
        self._due = 0.0
        self._asking = threading.Lock()

    def versions(self) -> Versions | None:
        """Return the last known versions, after a query if one is due; ``None`` before the first result."""
        if time.monotonic() >= self._due and self._asking.acquire(blocking=False):
            try:
                self._poll()
            finally:
                self._due = time.monotonic() + self.every
                self._asking.release()
        return self._known

    def _poll(self) -> None:
        try:
            close_old_connections()  # outside of a request nothing else drops a broken connection
            self._known = self._ask()
        except Exception:
            log.warning("cache version unknown; cached pages are still served", exc_info=True)
            close_old_connections()


class PageCacheMiddleware:
    """WSGI wrapper: serves kept pages, passes every other request to ``application`` and keeps what it may."""

    def __init__(
        self, application: Callable, store: PageStore | None = None, poll: CacheVersionPoll | None = None
    ) -> None:
        from . import cache_version

        self.application = application
        self.store = store or PageStore()
        self.poll = poll or CacheVersionPoll(cache_version.versions)
        self._scheme_header = (settings.SECURE_PROXY_SSL_HEADER or [""])[0]

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Answer one request."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.application(environ, start_response)
        # Read before the page is made: a publish in between leaves a page that is too new, never one too old.
        versions = self.poll.versions()
        address = self._cache_key(environ)
        if page := self.store.get(address, versions):
            return page.answer(environ, start_response)
        return self._make_page(versions, address, environ, start_response)

    def _make_page(
        self, versions: Versions | None, address: Any, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        begun: list = []
        parts = self.application(environ, lambda *arguments: begun.append(arguments))
        status, headers, *error = begun[-1]
        if versions is None or not is_cacheable(environ, status, headers):
            start_response(status, headers, *error)
            return parts
        groups = environ.get(GROUPS_KEY)
        light = "-light" if display_modes.saves_data(environ) else ""
        page = StoredPage.of(versions.of(groups), headers, join_body(parts), etag_suffix=light, groups=groups)
        self.store.put(address, page)
        return page.answer(environ, start_response)

    def _cache_key(self, environ: dict) -> tuple:
        """Return what a page depends on besides the build and the cache version.

        Scheme and host are part of it: Django redirects plain http, refuses unknown hosts, and pages may contain their
        own URL. So are the mount point, from which links are made, and whether the browser saves data.
        """
        asked = environ.get
        return (
            environ["PATH_INFO"],
            asked("QUERY_STRING"),
            asked("HTTP_HOST"),
            environ["wsgi.url_scheme"],
            asked(self._scheme_header),
            asked("SCRIPT_NAME"),
            "HTTP_SAVE_DATA" in environ and display_modes.saves_data(environ),
        )


def is_cacheable(environ: dict, status: str, headers: Headers) -> bool:
    """Return whether the response to ``environ`` is a readers' page that is the same for everyone."""
    known = environ.get(CACHEABLE_KEY)
    if known is None or environ["REQUEST_METHOD"] != "GET" or not status.startswith("200 "):
        return False
    same = {"accept-encoding", "save-data", "", *(["accept-language"] if environ.get(ONE_LANGUAGE_KEY) else [])}
    return _allows_query(known, environ.get("QUERY_STRING", "")) and not any(
        _is_personal(*header, same) for header in headers
    )


def _allows_query(known: Collection[str], query: str) -> bool:
    """Return whether every parameter is known and occurs once: else one page could fill the store under many URLs."""
    if not query:
        return True
    names = [name for name, _value in parse_qsl(query, keep_blank_values=True)]
    return bool(names) and len(set(names)) == len(names) and set(names) <= set(known)


def _is_personal(name: str, value: str, same: Collection[str]) -> bool:
    """Return whether a header makes the response personal, or varies it by more than its address and ``same``."""
    name, value = name.lower(), value.lower()
    if name == "vary":
        return not {part.strip() for part in value.split(",")} <= set(same)
    return (
        name in {"set-cookie", "content-encoding"}
        or (name == "content-security-policy" and "'nonce-" in value)
        or (name == "cache-control" and any(word in value for word in ("no-store", "private", "no-cache")))
    )


def join_body(parts: Iterable[bytes]) -> bytes:
    """Return the body of a WSGI response in one piece."""
    try:
        return b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
