"""Track, field by field, which language is out of date and what its source language said when both still agreed.

Stored on the item in ``outdated_fields``: ``{"body_en": {"source": "id", "since": "2027-05-03", "source_text": "…"}}``
means that the English text is out of date since that day, and holds the Indonesian text from before the change.
``"public": true`` says that readers had that text until it was replaced, ``"sensitive": true`` that they had it on a
sensitive page: ``education.publishing.quoted_changes`` quotes it only then. See ``docs/decisions/staleness.md``.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zlib import crc32

from django.utils import timezone
from django.utils.text import capfirst

from education.models import Publishable
from education.models.bilingual import LANGUAGES
from education.models.serialization import snapshot
from education.rendering import figures, html_text
from education.translation import column, language_name

SLUG_FIELD = "slug"  # an address has no meaning to translate, so a difference does not count
ROWS = ("scenarios",)  # related rows that are compared as one text


@dataclass(frozen=True)
class Outdated:
    """A field whose ``language`` is behind ``source``: since when, what ``source`` said then and says now."""

    field: str
    language: str
    source: str
    since: date
    source_then: str
    source_now: str

    @property
    def column(self) -> str:
        """Return the column that is out of date, such as ``body_en``."""
        return column(self.field, self.language)

    @property
    def name(self) -> str:
        """Return the value that a confirmation sends. It names the exact text, so it does not cover a later change."""
        return f"{self.column}-{crc32(repr(_visible_content(self.source_now)).encode()):08x}"


def translated_fields(item: Publishable) -> list[str]:
    """Return the names of the fields of ``item`` that exist in every language."""
    rows = [name for name in ROWS if hasattr(type(item), name)]
    return [field for field in item.translated_fields() if field != SLUG_FIELD] + rows


def label(item: Publishable, field: str, language: str) -> str:
    """Return the field's label with its language, such as ``Title (English)``."""
    if field in ROWS:
        rows = _row_model(item, field)._meta.verbose_name_plural
        return f"{capfirst(rows)} ({language_name(language)})"
    return str(capfirst(item._meta.get_field(column(field, language)).verbose_name))


def compute(item: Any, before: dict | None, now: dict, minor: bool = False, *, was_live: bool = False) -> dict:
    """Return the ``outdated_fields`` of ``item`` after readers see ``now`` instead of ``before``, both snapshots.

    Nothing is out of date if ``before`` is None (never published). A ``minor`` change makes no language out of date and
    does not bring one up to date. ``was_live`` says that readers had ``before`` until now, so that it may be quoted.
    """
    found: dict = {}
    for field in translated_fields(item) if before else ():
        texts = {code: (text_of(item, before, field, code), text_of(item, now, field, code)) for code in LANGUAGES}
        written = {code: pair for code, pair in texts.items() if all(pair)}
        marks = {
            code: item.outdated_fields[name]
            for code in written
            if (name := column(field, code)) in item.outdated_fields
        }
        found |= {column(field, code): mark for code, mark in _entries(written, marks, minor).items()}
    public = _public_languages(item, before) if before and was_live else []
    is_sensitive = any(data.get("sensitive") for data in (before or {}, now))
    return {
        name: _with_readers(mark, name in item.outdated_fields, public, is_sensitive) for name, mark in found.items()
    }


def _public_languages(item: Any, before: dict) -> list[str]:
    """Return the languages in which readers had the page when it said ``before``."""
    return [code for code in LANGUAGES if all(before.get(column(field, code)) for field in item.required_fields)]


def _with_readers(mark: dict, is_known: bool, public: Collection[str], is_sensitive: bool) -> dict:
    """Return ``mark`` with whether its text may be quoted. Once it may not, because the page went, it never may."""
    may_quote = mark["source"] in public and (mark.get("public", False) or not is_known)
    was_sensitive = is_sensitive or mark.get("sensitive", False)
    flags = {"public": may_quote, "sensitive": was_sensitive}
    return {name: value for name, value in mark.items() if name not in flags} | {
        name: True for name, is_set in flags.items() if is_set
    }


def without_quotes(marks: dict) -> dict:
    """Return ``marks`` so that no text of before is quoted, because the page that had it is taken down."""
    return {behind: {name: value for name, value in mark.items() if name != "public"} for behind, mark in marks.items()}


def _entries(written: dict[str, tuple[str, str]], marks: dict[str, dict], minor: bool) -> dict[str, dict]:
    """Return the marks of one field by language: ``written`` holds its texts before and now, ``marks`` those so far.

    A language that changed is the source of each one that did not change. One that was out of date and changed has
    caught up: it is no source.
    """
    changed = [] if minor else [code for code, (before, now) in written.items() if differs(before, now)]
    source = next((code for code in changed if code not in marks), None)
    kept = {code: mark for code, mark in marks.items() if code not in changed}
    if source:
        new = {"source": source, "since": timezone.localdate().isoformat(), "source_text": written[source][0]}
        # Already out of date: keep comparing with the text on which both agreed.
        kept = {code: kept.get(code, new) for code in written if code not in changed}
    # If the source language returned to its earlier text, both agree again.
    return {
        code: mark
        for code, mark in kept.items()
        if mark["source"] in written and differs(mark["source_text"], written[mark["source"]][1])
    }


def outdated_entries(item: Publishable, now: dict | None = None) -> list[Outdated]:
    """Return the out-of-date fields of ``item`` according to its row (``now`` is its snapshot), in field order."""
    now = snapshot(item) if now is None and item.outdated_fields else now or {}
    return [
        Outdated(field, code, source, _entry_date(mark), mark["source_text"], text_of(item, now, field, source))
        for field, code, mark in _stored_entries(item)
        for source in [mark["source"]]
    ]


def newer(item: Any, shown_fields: Collection[str] | None = None) -> dict | None:
    """Return which language is newer and since when, or ``None``; ``shown_fields`` are the fields shown (None: all).

    Only a language in which readers have the page counts.
    """
    if not getattr(item, "outdated_fields", None):
        return None
    marks = [mark for _field, mark in marks_for_readers(item, shown_fields)]
    first = min(marks, key=_entry_date, default=None)
    return first and {"language": first["source"], "since": _entry_date(first)}


def marks_for_readers(item: Any, shown_fields: Collection[str] | None = None) -> list[tuple[str, dict]]:
    """Return field and mark of what is out of date in the language that readers see, as ``newer``."""
    shown, written = item.localized.language, item.languages()
    return [
        (field, mark)
        for field, code, mark in _stored_entries(item)
        if code == shown and mark["source"] in written and (shown_fields is None or field in shown_fields)
    ]


def missing_fields(item: Publishable, language: str) -> list[str]:
    """Return the fields of ``item`` that have a text in another language but none in ``language`` and need one.

    Related rows count if one of them has such a text. They need a query unless they were fetched before.
    """
    return [field for field in translated_fields(item) if _is_missing(item, field, language)]


def _is_missing(item: Any, field: str, language: str) -> bool:
    if field in ROWS:
        return rows_to_write(item, rows_now(item, field), field, language) > 0
    if column(field, language) in item.not_needed:
        return False
    return not item.text(field, language) and any(item.text(field, code) for code in LANGUAGES)


def rows_with_gaps(item: Publishable, data: dict, field: str, language: str) -> int:
    """Return how many rows of ``field`` in ``data`` lack a text in ``language`` that another language has."""
    names = _row_model(item, field).translated_fields()
    return sum(any(_is_gap(row, name, language) for name in names) for row in data.get(field, []))


def rows_to_write(item: Any, data: dict, field: str, language: str) -> int:
    """Return the same number, or 0 if somebody said of as many rows that ``language`` does without them."""
    left_out = item.not_needed.get(column(field, language), {}).get("rows", 0)
    found = rows_with_gaps(item, data, field, language)
    return found if found > left_out else 0


def _is_gap(row: dict, name: str, language: str) -> bool:
    return not row.get(column(name, language)) and any(row.get(column(name, code)) for code in LANGUAGES)


def outdated(item: Publishable, language: str) -> list[str]:
    """Return the fields in which ``language`` is out of date."""
    return [field for field, code, _mark in _stored_entries(item) if code == language]


def _stored_entries(item: Publishable) -> Iterator[tuple[str, str, dict]]:
    for field in translated_fields(item):
        for code in LANGUAGES:
            if mark := item.outdated_fields.get(column(field, code)):
                yield field, code, mark


def text_of(item: Publishable, data: dict, field: str, language: str) -> str:
    """Return the text of one field.

    Related rows are joined in column order, because a database may reorder JSON keys.
    """
    if field not in ROWS:
        return data.get(column(field, language)) or ""
    names = [column(one, language) for one in _row_model(item, field).translated_fields()]
    return "\n".join(row[name] for row in data.get(field, []) for name in names if row.get(name))


def text_now(item: Any, field: str, language: str) -> str:
    """Return the text of one field as the row has it. Related rows need a query unless they were fetched before."""
    if field not in ROWS:
        return item.text(field, language)
    return text_of(item, rows_now(item, field), field, language)


def rows_now(item: Any, field: str) -> dict:
    """Return the texts of the related rows of ``field`` as a part of a snapshot."""
    names = [column(one, code) for one in _row_model(item, field).translated_fields() for code in LANGUAGES]
    return {field: [{name: getattr(row, name) for name in names} for row in getattr(item, field).all()]}


def _row_model(item: Publishable, field: str) -> Any:
    return item._meta.get_field(field).related_model


def differs(old: str, new: str) -> bool:
    """Return whether the words or link targets differ. The editor may write the same words with other HTML tags."""
    return _visible_content(old) != _visible_content(new)


def _visible_content(text: str) -> tuple:
    """Return what a reader gets from ``text``: its words, the addresses of its links, and its pictures if any."""
    shown = html_text.words(text), [link.href for link in html_text.links(text)] if "<" in text else []
    pictures = [(one.key, one.alt) for one in figures.figures(text)]
    return (*shown, pictures) if pictures else shown  # the names of confirmations stay those of texts without pictures


def _entry_date(mark: dict) -> date:
    return date.fromisoformat(mark["since"])
