"""Find the authors of a text since its last publication: everyone who wrote in it, not only the last one."""

from collections.abc import Collection
from typing import Any

from education.models import Publishable, Revision
from education.models.bilingual import LANGUAGES
from education.publishing.publication import columns_in_languages
from education.rendering import html_text
from safetycenter.roles import Account


def has_written(by: Account, item: Publishable, languages: Collection[str] = LANGUAGES) -> bool:
    """Return whether ``by`` wrote anything since the last publication that publishing in ``languages`` would show.

    Withdrawn and replaced texts count too, because their words may be part of the open one.
    """
    last = {part_of_it: _last_publication(item, part_of_it) for part_of_it in (*LANGUAGES, "")}
    written = Revision.objects.for_item(item).edits().order_by("number")
    before = written.filter(number__lte=min(last.values())).last()
    since = list(written.filter(number__gt=min(last.values())))
    return any(
        revision.author_id == by.pk and _is_relevant(item, revision, previous, languages, last)
        for previous, revision in zip([before, *since], since, strict=False)
    )


def _is_relevant(
    item: Publishable, revision: Revision, previous: Revision | None, languages: Collection[str], last: dict[str, int]
) -> bool:
    changed = _changed_columns(revision, previous)
    texts = {code: set(columns_in_languages(item, revision.data, [code])) for code in LANGUAGES}
    if any(changed & texts[code] and revision.number > last[code] for code in languages):
        return True
    rest = changed - set().union(*texts.values())
    return len(languages) == len(LANGUAGES) and bool(rest) and revision.number > last[""]


def _changed_columns(revision: Revision, previous: Revision | None) -> set[str]:
    before = previous.data if previous else {}
    return {name for name, value in revision.data.items() if name not in before or _differs(before[name], value)}


def _differs(old: Any, new: Any) -> bool:
    """Return whether the visible text differs. The browser editor may write the same words with other tags."""
    if not (isinstance(old, str) and isinstance(new, str)):
        return old != new
    return old != new and (html_text.words(old), html_text.links(old)) != (html_text.words(new), html_text.links(new))


def _last_publication(item: Publishable, language: str) -> int:
    """Return the number of the last publication of ``language`` (empty: of the whole item); 0 if there is none."""
    published = Revision.objects.for_item(item).filter(action="publish", language__in={"", language})
    newest = published.first()
    return newest.number if newest else 0
