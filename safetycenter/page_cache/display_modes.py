"""Display modes of a readers' page: text only, and light or dark colours regardless of the phone's setting.

A link chooses a mode (``?text=1``, ``?look=dark``), and the links and forms of the page keep it. The choice is stored
in the URL alone, without cookies or browser storage. A browser that saves data (``Save-Data: on``) gets the text-only
page unless ``?text=0`` asks for the whole page.
"""

import re
from collections.abc import Callable
from functools import wraps
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.templatetags.static import static
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import get_language_from_path, override

VALUES = {"text": ("0", "1"), "look": ("light", "dark")}  # the query parameters and their allowed values
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_STYLE = re.compile(r'\s*<link rel="stylesheet"[^>]*>')
_FONT = re.compile(r'\s*data-font="[^"]*"')  # the font of an offline copy; the text-only page has none
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")(/[^"?#]*)?(\?[^"#]*)?(#[^"]*)?(")')
_FORM = re.compile(r'(<form\b[^>]*?\baction=")(/[^"?#]*)(\?[^"#]*)?((?:#[^"]*)?"[^>]*>)')


def display_modes(view: Callable) -> Callable:
    """Decorate a view whose pages have display modes; a redirect keeps the chosen mode."""

    @wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        version = request.version = DisplayMode(request)  # type: ignore[attr-defined]
        return version.applied(view(request, *args, **kwargs))

    chosen.has_versions = True  # type: ignore[attr-defined]
    return chosen


class DisplayMode:
    """The display mode that a request asks for. Raises Http404 for an unknown value: such a page is not kept."""

    def __init__(self, request: HttpRequest) -> None:
        self.said = {name: request.GET[name] for name in VALUES if name in request.GET}
        if any(value not in VALUES[name] for name, value in self.said.items()):
            raise Http404
        self.look = self.said.get("look", "")
        self.by_browser = saves_data(request.META)
        self.is_text = self.said.get("text", "1" if self.by_browser else "0") == "1"
        self._request = request

    @property
    def other(self) -> str:
        """Return the URL of this page in the other mode: as text only, or as the whole page."""
        by_itself = self.is_text != self.by_browser  # the other mode is what this browser gets by default
        return self._address(text="" if by_itself else str(1 - self.is_text))

    @property
    def looks(self) -> dict[str, str]:
        """Return the URLs of this page in the phone's colours, in light and in dark colours."""
        return {
            name: self._address(look=value) for name, value in (("phone", ""), ("light", "light"), ("dark", "dark"))
        }

    def applied(self, response: HttpResponse) -> HttpResponse:
        """Return ``response`` in the display mode that was asked for."""
        if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Save-Data"])
            text = text_only(response.text) if self.is_text else response.text
            if self.look:
                text = with_theme(text, self.look)
            if self.said:
                text = with_params(text, self.said)
            response.content = text
        elif self.said and response.get("Location", "").startswith("/"):
            path, _mark, query = response.headers["Location"].partition("?")
            response.headers["Location"] = path + _query(query, self.said)
        return response

    def _address(self, **changes: str) -> str:
        """Return the URL of this page with ``changes`` to its query; an empty value removes the parameter."""
        query = self._request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"{self._request.path}?{query.urlencode()}" if query else self._request.path


def saves_data(environ: dict) -> bool:
    """Return whether the browser asks for little data."""
    return environ.get("HTTP_SAVE_DATA", "").strip().lower() == "on"


def text_only(page: str) -> str:
    """Return ``page`` without drawings and font, and with one small style sheet instead of its usual ones."""
    page = _FONT.sub("", _STYLE.sub("", _DRAWING.sub("", page)))
    sheet = escape(static("css/text.css"))
    return page.replace("</head>", f'<link rel="stylesheet" href="{sheet}"></head>', 1)


def with_theme(page: str, look: str) -> str:
    """Return ``page`` marked for light or dark colours, as the style sheets expect."""
    return page.replace("<html ", f'<html data-theme="{look}" ', 1)


def with_params(page: str, said: dict[str, str]) -> str:
    """Return ``page`` with ``said`` added to its links and forms to readers' pages; never to the form or the desk."""
    fields = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in said.items())

    def link(found: re.Match) -> str:
        before, path, query, anchor, after = found.groups(default="")
        # A link without a path leads to this page: it has another query, or names a section.
        if "data-version" in before or not (_has_versions(path) if path else query):
            return found[0]
        return f"{before}{path}{escape(_query(unescape(query[1:]), said))}{anchor}{after}"

    def form(found: re.Match) -> str:
        before, path, query, after = found.groups(default="")
        if not _has_versions(path):
            return found[0]
        if 'method="post"' in found[0]:
            return f"{before}{path}{escape(_query(unescape(query[1:]), said))}{after}"
        return found[0] + fields

    return _FORM.sub(form, _LINK.sub(link, page))


def _query(query: str, said: dict[str, str]) -> str:
    """Return ``query`` with its display mode parameters replaced by ``said``."""
    others = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in VALUES]
    return f"?{urlencode([*others, *said.items()])}"


def _has_versions(path: str) -> bool:
    language = get_language_from_path(path)
    if not language:
        return False
    with override(language):
        try:
            return getattr(resolve(path).func, "has_versions", False)
        except Resolver404:
            return False
