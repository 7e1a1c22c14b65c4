"""A page that says how many kilobytes it costs, and how many more to keep it on the phone for reading without internet.

All figures are what goes over the wire, compressed: who pays for data pays for that. It is more in the store.
"""

import re
import zlib
from functools import cache
from math import ceil
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from education.helplines import selection
from education.views import page_context
from safetycenter.page_cache.display_modes import DisplayMode, saves_data, text_only

# These stand in the template where the figures go: the page as it is shown, its copy, and what comes once with copies.
SHOWN, COPY, ONCE = (f"\N{OBJECT REPLACEMENT CHARACTER}{number}" for number in range(3))
PLACES = {"shown": SHOWN, "copy": COPY, "once": ONCE}
_FILE = re.compile(rf'"{re.escape(settings.STATIC_URL)}([\w-]+(?:[/.][\w-]+)*)')  # as the worker finds them


def displayed_size(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put the sizes into the places that the template of ``response`` left for them.

    A request for text only is told the size of that: the drawings are taken out after the view (`version`). A copy is
    of the address without its choices, so its size follows only what the browser itself asks for.
    """
    page, light = response.text, saves_data(request.META)
    copy = text_only(page) if light else page
    page = page.replace(SHOWN, _kilobytes(_sent(text_only(page) if request.version.is_text else page)))  # type: ignore[attr-defined]
    if ONCE in page:
        page = page.replace(COPY, _kilobytes(_sent(copy))).replace(ONCE, _kilobytes(once_per_version(copy, light)))
    response.content = page
    return response


def once_per_version(copy: str, light: bool) -> int:
    """The bytes that the first ``copy`` on a phone brings with it: what it is drawn with, list, numbers, worker."""
    pages, files = _saved_with_it(get_language(), light)
    return pages + sum(map(_file, files | _files(copy)))


@cache
def _saved_with_it(language: str, light: bool) -> tuple[int, frozenset[str]]:
    """The bytes of the pages and the worker that are saved with every copy, and the files that they name.

    Counted once in a process, from the shipped numbers: what an editor changes moves it by bytes, and no guide pays
    queries for it.
    """
    entries = selection.shipped()
    emergency = page_context.for_url_name("education:emergency", quick_exit=True) | {"entries": entries}
    listed = page_context.for_url_name("education:saved") | {"ways": selection.emergency_bar(entries)}
    request = _unasked(light)
    pages = [
        render_to_string("education/emergency.html", emergency, request),
        render_to_string("education/_saved_counted.html", listed, request),
    ]
    texts = [*(map(text_only, pages) if light else pages), render_to_string("education/offline_worker.js")]
    return sum(map(_sent, texts)), frozenset().union(*map(_files, texts))


def _unasked(light: bool) -> HttpRequest:
    """What the worker asks with: no cookie, no choice of a version."""
    request = HttpRequest()
    request.META = {"HTTP_SAVE_DATA": "on"} if light else {}
    request.version = DisplayMode(request)  # type: ignore[attr-defined]
    return request


def _files(text: str) -> frozenset[str]:
    return frozenset(_FILE.findall(text))


@cache
def _file(name: str) -> int:
    """The bytes of a static file on its way; a font is compressed already."""
    path = Path(finders.find(name) or staticfiles_storage.path(name))
    return _sent(path.read_bytes()) if path.is_file() else 0


def _sent(whole: str | bytes) -> int:
    whole = whole.encode() if isinstance(whole, str) else whole
    return min(len(whole), len(zlib.compress(whole)))


def _kilobytes(count: int) -> str:
    return str(ceil(count / 1024))
