"""Warn about addresses on other sites that the last check did not find (``education.links``)."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from education.models import ExternalLink
from education.rendering import html_text

from .finding import WARNING, Candidate, Finding

_ROWS = ("sources",)


def check_external_links(candidate: Candidate) -> Iterator[Finding]:
    """Report each address of which the site said that there is no such page any more, or whose site has vanished."""
    places = _places(candidate)
    if not places:
        return
    for link in ExternalLink.objects.broken().filter(url__in=places):
        yield Finding(WARNING, _sentence(link), places[link.url])


def _sentence(link: ExternalLink) -> str:
    if link.result == ExternalLink.Result.GONE:
        return _("The other site says that there is no page at %(address)s any more.") % {"address": link.url}
    # A name that nobody pays for any more can be bought, and then shows what its buyer wants.
    return _(
        "The site of %(address)s has not answered since %(day)s. It may be gone, or belong to somebody else soon."
    ) % {"address": link.url, "day": date_format(timezone.localtime(link.since), "j F Y")}


def _places(candidate: Candidate) -> dict[str, str]:
    """Return the addresses on other sites that readers would see, with a field of each."""
    item: Any = candidate.item
    texts = candidate.texts(*item.translated_fields())
    found = {link.href: name for name, _language, text in texts if "href=" in text for link in html_text.links(text)}
    for rows in _ROWS:
        found |= {row["url"]: rows for row in candidate.data.get(rows, []) if row.get("url")}
    return {url: name for url, name in found.items() if url.startswith(("http://", "https://"))}


CHECKS = (check_external_links,)
