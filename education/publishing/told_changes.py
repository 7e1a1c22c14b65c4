"""What readers learn about a change: one sentence in each language that was published.

Stored on the item in ``told_changes``, the newest first: ``[{"on": "2027-05-03", "id": "…", "en": "…"}]``.
``Publishable.changes_for_readers`` reads it.

Nothing of the text of before is quoted. On a sensitive page the sentence is in every language that goes live with it,
and says nothing that was taken out (docs/decisions/publish-checks.md).
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from education.models import Guide, Lesson, News, Page, Platform, Publishable, Quiz, Revision, State
from education.publishing.checks import Candidate, phone_numbers, wording
from education.publishing.publication import candidate_for, is_sensitive
from education.rendering import html_text
from safetycenter.transitions import NotAllowed

MOST_KEPT = 5
MAX_LENGTH = 200
IN_A_ROW = 3  # words that are a quotation
_WORD = re.compile(r"\w+")
# Also a word with a dot and a domain or a slash: t.me/name, site.com. A dot that ends a sentence is before a space.
_ADDRESS = re.compile(r"https?:|www\.|@\w|\w\.[^\W\d_]{2}|\w\.\w+/", re.IGNORECASE)
SHOWN_ON = (Guide, News, Page, Quiz, Lesson, Platform)  # kinds whose page says when it was changed


def may_be_told(item: Publishable) -> bool:
    """Return whether a publisher may tell readers what changed: not of a minor edit, nor of a first publication."""
    if not isinstance(item, SHOWN_ON) or item.state not in {State.PUBLISHED, State.ARCHIVED}:
        return False
    proposal = Revision.objects.open_proposal(item)
    return not (proposal and proposal.minor)


def told_in(item: Publishable, told: Mapping[str, str], languages: Collection[str]) -> dict[str, str]:
    """Return what of ``told`` (by language) readers see when ``item`` is published in ``languages``.

    Raises NotAllowed if a sentence must not be shown.
    """
    found = _sentences(told, languages)
    if not found or not may_be_told(item):
        return {}
    for refusal in refusals(item, found, languages).values():
        raise NotAllowed(refusal)
    return found


def has_strict_rules(item: Publishable) -> bool:
    """Return whether the page of ``item``, or its topic, is sensitive."""
    topic: Any = getattr(item, "topic", None)
    return is_sensitive(item) or bool(topic and topic.sensitive)


def refusals(item: Publishable, told: Mapping[str, str], languages: Collection[str]) -> dict[str, str]:
    """Return by language why a sentence of ``told`` must not be shown with ``item``; nothing if all may be."""
    found = _sentences(told, languages)
    if not found:
        return {}
    candidate, sensitive = candidate_for(item, languages), has_strict_rules(item)
    reasons = {code: _refusal(candidate, text, code, sensitive) for code, text in found.items()}
    missing = [code for code in candidate.languages if code in languages and code not in found] if sensitive else []
    reasons |= {code: _("This page is sensitive: write it in this language too.") for code in missing}
    return {code: reason for code, reason in reasons.items() if reason}


def _sentences(told: Mapping[str, str], languages: Collection[str]) -> dict[str, str]:
    found = {code: " ".join((told.get(code) or "").split())[:MAX_LENGTH] for code in languages}
    return {code: text for code, text in found.items() if text}


def _refusal(candidate: Candidate, text: str, language: str, sensitive: bool) -> str | None:
    if reason := wording.refusal(candidate, text, sensitive):
        return reason
    if _ADDRESS.search(text):
        return _("Readers cannot follow an address here. Put it into the text.")
    if numbers := phone_numbers.unknown(text):
        return _("No helpline has the number %(number)s.") % {"number": numbers[0]}
    if sensitive and (gone := _taken_out(candidate, text, language)):
        return _("“%(words)s” was taken out of this sensitive page. Leave it out here too.") % {"words": gone}
    return None


def _taken_out(candidate: Candidate, text: str, language: str) -> str:
    """Return the first words of ``text`` in a row that the text of before has and the new one lacks; empty if none."""
    before, now = (
        f" {' '.join(_plain(candidate, data, language))} " for data in (candidate.before or {}, candidate.data)
    )
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[place : place + IN_A_ROW]) for place in range(len(words) - IN_A_ROW + 1))
    return next((run for run in runs if f" {run} " in before and f" {run} " not in now), "")


def _plain(candidate: Candidate, data: dict, language: str) -> list[str]:
    texts = (html_text.words(str(data.get(name) or "")) for name in sorted(candidate.columns_in(language)))
    return [word for text in texts for word in _WORD.findall(text.casefold())]


def tell(item: Publishable, told: Mapping[str, str]) -> None:
    """Put ``told`` before what ``item`` tells of earlier changes, without saving."""
    if told:
        entry = {"on": timezone.localdate().isoformat(), **told}
        item.told_changes = [entry, *item.told_changes][:MOST_KEPT]
