"""Compute the kilobytes that a page costs, and how many more an offline copy of it costs.

All figures are compressed sizes, because that is what readers pay for. The stored copy takes more space on the phone.
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
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from education.helplines import emergency
from education.rendering import pictures
from education.views import page_context
from safetycenter.page_cache import display_modes

# Placeholders in the template: the size of the page shown, of its offline copy, and of what is downloaded once.
SHOWN, COPY, ONCE_PER_VERSION = (f"\N{OBJECT REPLACEMENT CHARACTER}{number}" for number in range(3))
SIZE_PLACEHOLDERS = {"shown": SHOWN, "copy": COPY, "once": ONCE_PER_VERSION}
_FILE = re.compile(rf'"{re.escape(settings.STATIC_URL)}([\w-]+(?:[/.][\w-]+)*)')  # as in the service worker


def rendered(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """Return ``template`` rendered with its size and that of its offline copy.

    A copy is fetched without query parameters, so its size depends only on what the browser itself asks for.
    """
    response = render(request, template, context | {"kilobytes": SIZE_PLACEHOLDERS})
    shown = _transferred_size(response.text) + pictures.weight_of_page(response.text)
    page = response.text.replace(SHOWN, _kilobytes(shown))
    if ONCE_PER_VERSION in page:
        copy = _as_copy(request, template, context) if request.GET else page
        once = once_per_version(copy, display_modes.saves_data(request.META))
        kept = _transferred_size(copy) + pictures.weight_of_copy(copy)
        page = page.replace(COPY, _kilobytes(kept)).replace(ONCE_PER_VERSION, _kilobytes(once))
    response.content = page
    return response


def _as_copy(request: HttpRequest, template: str, context: dict) -> str:
    plain = _worker_request(display_modes.saves_data(request.META))
    with display_modes.use_mode(display_modes.DisplayMode(plain)):
        return render_to_string(template, context | {"kilobytes": SIZE_PLACEHOLDERS}, request)


def once_per_version(copy: str, light: bool) -> int:
    """Return the bytes downloaded with the first ``copy``: its static files, the list, the numbers and the worker."""
    pages, files = _saved_with_it(get_language(), light)
    return pages + sum(map(_file, files | _files(copy)))


@cache
def _saved_with_it(language: str, light: bool) -> tuple[int, frozenset[str]]:
    """Return the bytes of the pages and the worker saved with every copy, and the files that they name.

    Cached per process and based on the shipped numbers: edits change the result by a few bytes only, and guide pages
    need no queries for it.
    """
    cards = emergency.shipped_emergency_set()
    numbers = page_context.for_url_name("education:emergency", quick_exit=True) | {"cards": cards}
    listed = page_context.for_url_name("education:saved") | {"ways": emergency.emergency_bar(cards)}
    request = _worker_request(light)
    with display_modes.use_mode(display_modes.DisplayMode(request)):
        texts = [
            render_to_string("education/emergency.html", numbers, request),
            render_to_string("education/_saved_for_size.html", listed, request),
            render_to_string("education/offline_worker.js"),
        ]
    return sum(map(_transferred_size, texts)), frozenset().union(*map(_files, texts))


def _worker_request(light: bool) -> HttpRequest:
    """Return a request as the service worker sends it: without cookies or a chosen display mode."""
    request = HttpRequest()
    request.META = {"HTTP_SAVE_DATA": "on"} if light else {}
    return request


def _files(text: str) -> frozenset[str]:
    return frozenset(_FILE.findall(text))


@cache
def _file(name: str) -> int:
    """Return the bytes transferred for a static file. Fonts are already compressed."""
    path = Path(finders.find(name) or staticfiles_storage.path(name))
    return _transferred_size(path.read_bytes()) if path.is_file() else 0


def _transferred_size(whole: str | bytes) -> int:
    whole = whole.encode() if isinstance(whole, str) else whole
    return min(len(whole), len(zlib.compress(whole)))


def _kilobytes(count: int) -> str:
    return str(ceil(count / 1024))
