"""Find the authors of a text since its last publication: everyone who wrote in it, not only the last one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from education.models import Publishable, Revision
from education.models.bilingual import LANGUAGES
from education.publishing import situations
from education.publishing.publication import columns_in_languages, published_text
from education.rendering import figures, html_text
from education.rendering.rich_text import RichTextField
from safetycenter.roles import Account


@dataclass
class Writing:
    """What one person wrote in one ``language`` (empty: in what both share) since its last publication.

    ``author`` is ``None`` for a correction from the project; ``columns`` are in the order in which they were written.
    """

    author: Any
    language: str
    first: datetime
    last: datetime
    columns: list[str] = field(default_factory=list)


def has_written(by: Account, item: Publishable, languages: Collection[str] = LANGUAGES) -> bool:
    """Return whether ``by`` wrote anything since the last publication that publishing in ``languages`` would show.

    Withdrawn and replaced texts count too, because their words may be part of the open one. What both languages share
    goes live with all languages, and with the first one that readers get.
    """
    shows_shared = len(languages) == len(LANGUAGES) or published_text(item) is None
    parts = {*languages} | ({""} if shows_shared else set())
    return any(part in parts and revision.author_id == by.pk for revision, part, _columns in _changes(item))


def writings(item: Publishable) -> list[Writing]:
    """Return who wrote what since the last publication, in the order in which they began."""
    found: dict[tuple, Writing] = {}
    for revision, part, columns in _changes(item):
        when = revision.written_at
        one = found.setdefault((revision.author_id, part), Writing(revision.author, part, when, when))
        one.last = when
        one.columns += [name for name in columns if name not in one.columns]
    return list(found.values())


def _changes(item: Publishable) -> Iterator[tuple[Revision, str, list[str]]]:
    """Yield each revision since the last publication with a language (empty: what both share) and its new columns."""
    last = {part: _last_publication(item, part) for part in (*LANGUAGES, "")}
    written = Revision.objects.for_item(item).edits().select_related("author").order_by("number")
    before = written.filter(number__lte=min(last.values())).last()
    since = list(written.filter(number__gt=min(last.values())))
    for previous, revision in zip([before, *since], since, strict=False):
        if previous is None and revision.author_id is None:
            continue  # the starter content as it was loaded
        before_it = previous.data if previous else {}
        changed = _changed_columns(item, revision, before_it)
        for part, columns in _by_language(item, before_it, revision.data, changed).items():
            if columns and revision.number > last[part]:
                yield revision, part, columns


def _by_language(item: Publishable, before: dict, now: dict, changed: list[str]) -> dict[str, list[str]]:
    texts = {code: columns_in_languages(item, now, [code]) for code in LANGUAGES}
    parts = {code: [name for name in changed if name in texts[code]] for code in LANGUAGES}
    parts |= {"": [name for name in changed if not any(name in texts[code] for code in LANGUAGES)]}
    if situations.NAME in changed:
        parts = _with_situations(parts, *(data.get(situations.NAME, []) for data in (before, now)))
    return parts


def _with_situations(parts: dict[str, list[str]], before: list[dict], now: list[dict]) -> dict[str, list[str]]:
    """Return ``parts`` with the situations in each language whose words changed, in all if what they share did."""
    if situations.shared(before) != situations.shared(now):
        changed = [*LANGUAGES]
    else:
        changed = [code for code in LANGUAGES if situations.texts(before, code) != situations.texts(now, code)]
    return parts | {code: [*parts[code], situations.NAME] for code in changed}


def _changed_columns(item: Publishable, revision: Revision, before: dict) -> list[str]:
    rich = {
        field.name
        for field in item._meta.concrete_fields
        if isinstance(getattr(field, "translated_field", field), RichTextField)
    }
    return [
        name
        for name, value in revision.data.items()
        if (differs(before[name], value, name in rich) if name in before else bool(value))
    ]


def differs(old: Any, new: Any, is_rich: bool) -> bool:
    """Return whether what is seen differs. The browser editor may write the same rich text with other tags.

    In a plain text nothing is a tag: readers see ``<`` and everything after it. Line ends depend on the browser.
    """
    if old == new or not (isinstance(old, str) and isinstance(new, str)):
        return old != new
    return _seen(old) != _seen(new) if is_rich else old.split() != new.split()


def _seen(html: str) -> tuple:
    return html_text.words(html), html_text.links(html), figures.figures(html)


def _last_publication(item: Publishable, language: str) -> int:
    """Return the number of the last publication of ``language`` (empty: of the whole item); 0 if there is none."""
    published = Revision.objects.for_item(item).filter(action="publish", language__in={"", language})
    newest = published.first()
    return newest.number if newest else 0
