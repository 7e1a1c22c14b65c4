"""Check the pages on apps: age first, no path of menus without an official source."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from education.models import Platform
from education.models.platform import AGE_FIELD, SECTIONS
from education.models.sources import Mark
from education.rendering import html_text
from education.translation import column, language_name

from .finding import ERROR, Candidate, Finding, quoted

PATH_MARK = " > "  # as in "Profile > Settings"
PATH_VALID_FOR = timedelta(days=365)
_DATED = ("%d %b %Y", "%d %B %Y", "%b %Y", "%B %Y", "%Y")


def check_age_comes_first(candidate: Candidate) -> Iterator[Finding]:
    """Report the page of an app for 16 and over that does not say what this means for readers under 16."""
    item: Any = candidate.item
    for language in candidate.languages if isinstance(item, Platform) and item.puts_age_first else ():
        if not item.text(AGE_FIELD, language):
            text = _("The part for readers under 16 is still empty in %(language)s. The page begins with it.")
            yield Finding(ERROR, text % {"language": language_name(language)}, column(AGE_FIELD, language))


def check_menu_paths(candidate: Candidate) -> Iterator[Finding]:
    """Report a path of menus that no official page of the last 12 months names, and that nobody tried in that time.

    A page without a date supports no path, because nobody can tell how old it is (docs/decisions/app-pages.md).
    """
    if not isinstance(candidate.item, Platform) or _may_show_paths(candidate.data):
        return
    for name, _language, text in candidate.texts("short_answer", *SECTIONS):
        found = next((block.text for block in html_text.blocks(text) if PATH_MARK in block.text), "")
        if found:
            sentence = _("%(path)s needs an official source of the last 12 months. Take it out, or try it first.")
            parts = frozenset({"sources", "tried_on"})  # what would allow the path
            yield Finding(ERROR, sentence % {"path": quoted(found)}, name, parts=parts)


def _may_show_paths(data: dict) -> bool:
    official = [row for row in data.get("sources", []) if row.get("mark") == Mark.OFFICIAL]
    tried = data.get("tried_on") or ""
    return any(map(_is_of_last_year, official)) or tried >= str(timezone.localdate() - PATH_VALID_FOR)


def _is_of_last_year(source: dict) -> bool:
    """Return whether the row ``source`` has a date of up to 12 months before the day it was checked."""
    checked = date.fromisoformat(source["checked_on"]) if source.get("checked_on") else timezone.localdate()
    return any(day >= checked - PATH_VALID_FOR for day in _days(source.get("dated", "").strip()))


def _days(dated: str) -> Iterator[date]:
    for pattern in _DATED:
        try:
            yield datetime.strptime(dated, pattern).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue


CHECKS = (check_age_comes_first, check_menu_paths)
