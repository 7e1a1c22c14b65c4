"""Who wrote the words that are about to go before readers: everybody since the last publication, not only the last."""

from collections.abc import Collection
from typing import Any

from education.models import Publishable, Revision
from education.models.bilingual import LANGUAGES
from education.publishing.publication import part
from education.rendering import html_text
from safetycenter.roles import Account


def has_written(by: Account, item: Publishable, languages: Collection[str] = LANGUAGES) -> bool:
    """Return whether ``by`` wrote something since the last publication that a publication in ``languages`` shows.

    A text that was withdrawn or replaced counts too: its words may be part of the one that is open.
    """
    last = {part_of_it: _last(item, part_of_it) for part_of_it in (*LANGUAGES, "")}
    written = Revision.objects.of(item).written().order_by("number")
    before = written.filter(number__lte=min(last.values())).last()
    since = list(written.filter(number__gt=min(last.values())))
    return any(
        revision.author_id == by.pk and _counts(item, revision, previous, languages, last)
        for previous, revision in zip([before, *since], since, strict=False)
    )


def _counts(
    item: Publishable, revision: Revision, previous: Revision | None, languages: Collection[str], last: dict[str, int]
) -> bool:
    changed = _changed(revision, previous)
    texts = {code: set(part(item, revision.data, [code])) for code in LANGUAGES}
    if any(changed & texts[code] and revision.number > last[code] for code in languages):
        return True
    rest = changed - set().union(*texts.values())
    return len(languages) == len(LANGUAGES) and bool(rest) and revision.number > last[""]


def _changed(revision: Revision, previous: Revision | None) -> set[str]:
    before = previous.data if previous else {}
    return {name for name, value in revision.data.items() if name not in before or _differs(before[name], value)}


def _differs(old: Any, new: Any) -> bool:
    """Compare what is read: the editor in the browser writes the same words with other marks, in every field."""
    if not (isinstance(old, str) and isinstance(new, str)):
        return old != new
    return old != new and (html_text.words(old), html_text.links(old)) != (html_text.words(new), html_text.links(new))


def _last(item: Publishable, language: str) -> int:
    """The number of the last publication that showed ``language``, or everything if that is empty; 0: none."""
    published = Revision.objects.of(item).filter(action="publish", language__in={"", language})
    newest = published.first()
    return newest.number if newest else 0
