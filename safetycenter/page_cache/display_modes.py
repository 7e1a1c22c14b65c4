"""Display modes of a readers' page: text only, and light or dark colours regardless of the phone's setting.

A link chooses a mode (``?text=1``, ``?look=dark``), and the links and forms of the page keep it: templates write
addresses of readers' pages with ``{% page_url %}`` or ``|in_mode``. The choice is stored in the URL alone, without
cookies or browser storage. A browser that saves data (``Save-Data: on``) gets the text-only page unless ``?text=0``
asks for the whole page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

ALLOWED_VALUES = {"text": ("0", "1"), "look": ("light", "dark")}  # the query parameters and their allowed values


class DisplayMode:
    """The display mode that a request asks for. Raises Http404 for an unknown value: such a page is not kept."""

    def __init__(self, request: HttpRequest) -> None:
        self.params = {name: request.GET[name] for name in ALLOWED_VALUES if name in request.GET}
        if any(value not in ALLOWED_VALUES[name] for name, value in self.params.items()):
            raise Http404
        self.look = self.params.get("look", "")
        self.by_browser = saves_data(request.META)
        self.is_text = self.params.get("text", "1" if self.by_browser else "0") == "1"
        self._request = request

    @property
    def toggle_url(self) -> str:
        """Return the URL of this page in the other mode: as text only, or as the whole page."""
        by_itself = self.is_text != self.by_browser  # the other mode is what this browser gets by default
        return self._url(text="" if by_itself else str(1 - self.is_text))

    @property
    def theme_urls(self) -> dict[str, str]:
        """Return the URLs of this page in the phone's colours, in light and in dark colours."""
        return {name: self._url(look=value) for name, value in (("phone", ""), ("light", "light"), ("dark", "dark"))}

    def _url(self, **changes: str) -> str:
        """Return the URL of this page with ``changes`` to its query; an empty value removes the parameter."""
        query = self._request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"{self._request.path}?{query.urlencode()}" if query else self._request.path


_current: ContextVar[DisplayMode | None] = ContextVar("display_mode", default=None)


def display_modes(view: Callable) -> Callable:
    """Decorate a view whose pages have display modes; a redirect keeps the chosen mode."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with use_mode(DisplayMode(request)):
            return _finished(view(request, *args, **kwargs))

    wrapper.has_versions = True  # type: ignore[attr-defined]
    return wrapper


@contextmanager
def use_mode(mode: DisplayMode) -> Iterator[None]:
    """Make pages in ``mode`` inside this block."""
    token = _current.set(mode)
    try:
        yield
    finally:
        _current.reset(token)


def current() -> DisplayMode | None:
    """Return the mode of the page that is being made; None outside of readers' pages."""
    return _current.get()


def is_text() -> bool:
    """Return whether the page that is being made is text only: no drawings, no font, one small style sheet."""
    mode = current()
    return mode is not None and mode.is_text


def in_mode(address: str) -> str:
    """Return the ``address`` of a readers' page with the mode of the page that is being made."""
    mode = current()
    if mode is None or not mode.params:
        return address
    rest, sharp, anchor = address.partition("#")
    path, _mark, query = rest.partition("?")
    others = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in ALLOWED_VALUES]
    return f"{path}?{urlencode([*others, *mode.params.items()])}{sharp}{anchor}"


def saves_data(environ: dict) -> bool:
    """Return whether the browser asks for little data."""
    return environ.get("HTTP_SAVE_DATA", "").strip().lower() == "on"


def _finished(response: HttpResponse) -> HttpResponse:
    if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
        patch_vary_headers(response, ["Save-Data"])
    elif response.get("Location", "").startswith("/"):
        response.headers["Location"] = in_mode(response.headers["Location"])
    return response
