"""Prepare running text for a page: numbers can be dialled, and links to other guides get their readable address.

Editors link to a guide by its number (``/id/p/9/``), which never changes. For readers, that address would be a
redirect, which costs a request and fails offline, where copies are stored under the readable address. Sensitive guides
keep the neutral address (H9). Other links into this site lead to the page in the reader's language, whichever
language the address in the text has: a translator can keep the link of the original.
"""

import re
from html import unescape
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_from_path, override

from education import urls_for
from education.models import Guide
from education.models.bilingual import LANGUAGES
from education.models.guide import LARGE_FIELDS
from education.rendering import phone_links, pictures
from safetycenter.page_cache import display_modes

_NEUTRAL = re.compile(rf'(?<=href=")/(?:{"|".join(LANGUAGES)})/p/(\d{{1,5}})/(?=["#])')
_OWN = re.compile(rf'(?<=href=")/(?:{"|".join(LANGUAGES)})/[^"]*')


def linker(*texts: str) -> phone_links.Link:
    """Return a function that prepares clean HTML, and shows its pictures.

    Takes one query if ``texts`` link to guides, and two if they have pictures.
    """
    wanted = {int(number) for text in texts for number in _NEUTRAL.findall(text)}
    guides = Guide.objects.published().filter(number__in=wanted).defer(*LARGE_FIELDS) if wanted else ()
    paths = {guide.number: urls_for.url_of(guide, get_language()) for guide in guides}
    dial, show = phone_links.linker(), pictures.shower(*texts)

    def link(html: str) -> SafeString:
        readable = _NEUTRAL.sub(lambda found: paths.get(int(found[1]), found[0]), html)
        return show(dial(_in_mode(_in_language(readable, get_language()))))

    return link


def _in_language(html: str, language: str) -> str:
    """Return clean ``html`` whose links into this site have an address in ``language``.

    A readable address of one item stays as it is: its slug belongs to one language, and its page offers the other.
    """
    return _OWN.sub(
        lambda found: found[0] if found[0].startswith(f"/{language}/") else _translated(found[0], language), html
    )


def _translated(href: str, language: str) -> str:
    path = urlsplit(href).path
    with override(get_language_from_path(path)):
        try:
            match = resolve(path)
        except Resolver404:
            return href
    if {"slug", "path"} & match.kwargs.keys():
        return href
    with override(language):
        return reverse(match.view_name, kwargs=match.kwargs or None) + href.removeprefix(path)


def _in_mode(html: str) -> str:
    """Return clean ``html`` whose links to readers' pages keep the display mode."""
    mode = display_modes.current()
    if mode is None or not mode.params:
        return html

    def keep(found: re.Match) -> str:
        return escape(display_modes.in_mode(unescape(found[0]))) if _is_ours(found[0]) else found[0]

    return _OWN.sub(keep, html)


def _is_ours(href: str) -> bool:
    """Return whether ``href`` leads to a readers' page; the report form has no display modes."""
    path = urlsplit(href).path
    with override(get_language_from_path(path)):
        try:
            return resolve(path).namespace == "education"
        except Resolver404:
            return False
