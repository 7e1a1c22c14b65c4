"""Track, field by field, which language is out of date and what the other language said when both still agreed.

Stored on the item in ``behind``: ``{"body_en": {"since": "2027-05-03", "said": "…"}}`` means that the English text is
out of date since that day, and holds the Indonesian text from before the change. See ``docs/decisions/staleness.md``.
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
from education.rendering import html_text
from education.translation import column, language_name

ADDRESS = "slug"  # an address has no meaning to translate, so a difference does not count
ROWS = ("scenarios",)  # related rows that are compared as one text


@dataclass(frozen=True)
class Outdated:
    """A field whose ``language`` is behind ``source``: since when, what ``source`` said then and says now."""

    field: str
    language: str
    source: str
    since: date
    said: str
    now: str

    @property
    def column(self) -> str:
        """Return the column that is out of date, such as ``body_en``."""
        return column(self.field, self.language)

    @property
    def name(self) -> str:
        """Return the value that a confirmation sends. It names the exact text, so it does not cover a later change."""
        return f"{self.column}-{crc32(repr(_read(self.now)).encode()):08x}"


def fields(item: Publishable) -> list[str]:
    """Return the names of the fields of ``item`` that exist in both languages."""
    rows = [name for name in ROWS if hasattr(type(item), name)]
    return [field for field in item.translated_fields() if field != ADDRESS] + rows


def label(item: Publishable, field: str, language: str) -> str:
    """Return the field's label with its language, such as ``Title (English)``."""
    if field in ROWS:
        rows = _row_model(item, field)._meta.verbose_name_plural
        return f"{capfirst(rows)} ({language_name(language)})"
    return str(capfirst(item._meta.get_field(column(field, language)).verbose_name))


def compute(item: Publishable, before: dict | None, now: dict, minor: bool = False) -> dict:
    """Return the ``behind`` value of ``item`` after readers see ``now`` instead of ``before``. Both are snapshots.

    Nothing is out of date if ``before`` is None (never published). A ``minor`` change makes no language out of date and
    does not bring one up to date.
    """
    found: dict = {}
    for field in fields(item) if before else ():
        if all(_text(item, data, field, code) for data in (before, now) for code in LANGUAGES):
            moved = [] if minor else _moved(item, field, before, now)
            found |= _marks(item, field, before, now, moved)
    return found


def _moved(item: Publishable, field: str, before: dict, now: dict) -> list[str]:
    return [code for code in LANGUAGES if _differs(_text(item, before, field, code), _text(item, now, field, code))]


def _marks(item: Publishable, field: str, before: dict, now: dict, moved: list[str]) -> dict:
    """Return the entries of one field written in both languages; the text of the languages in ``moved`` has changed."""
    marks = {code: item.behind[column(field, code)] for code in LANGUAGES if column(field, code) in item.behind}
    if len(moved) == 1 and moved[0] not in marks:
        (source,) = moved
        new = {"since": timezone.localdate().isoformat(), "said": _text(item, before, field, source)}
        marks.setdefault(other(source), new)  # already behind: keep comparing with the text on which both agreed
    else:
        marks = {code: mark for code, mark in marks.items() if code not in moved}
    # If the source language returned to its earlier text, both agree again.
    return {
        column(field, code): mark
        for code, mark in marks.items()
        if _differs(mark["said"], _text(item, now, field, other(code)))
    }


def gaps(item: Publishable) -> list[Outdated]:
    """Return the out-of-date fields of ``item`` according to its row, in field order."""
    now = snapshot(item) if item.behind else {}
    return [
        Outdated(field, code, other(code), _day(mark), mark["said"], _text(item, now, field, other(code)))
        for field, code, mark in _behind(item)
    ]


def newer(item: Any, says: Collection[str] | None = None) -> dict | None:
    """Return which language is newer and since when, or ``None``; ``says`` are the fields shown (None: all)."""
    if not getattr(item, "behind", None) or len(item.languages()) < len(LANGUAGES):
        return None
    shown = item.localized.language
    days = [_day(mark) for field, code, mark in _behind(item) if code == shown and (says is None or field in says)]
    return {"language": other(shown), "since": min(days)} if days else None


def missing_fields(item: Publishable, language: str) -> list[str]:
    """Return the fields of ``item`` that have a text in the other language but none in ``language``."""
    columns = [field for field in fields(item) if field not in ROWS]
    return [field for field in columns if item.text(field, other(language)) and not item.text(field, language)]


def outdated(item: Publishable, language: str) -> list[str]:
    """Return the fields in which ``language`` is out of date."""
    return [field for field, code, _mark in _behind(item) if code == language]


def other(language: str) -> str:
    """Return the other one of the two languages."""
    (found,) = set(LANGUAGES) - {language}
    return found


def _behind(item: Publishable) -> Iterator[tuple[str, str, dict]]:
    for field in fields(item):
        for code in LANGUAGES:
            if mark := item.behind.get(column(field, code)):
                yield field, code, mark


def _text(item: Publishable, data: dict, field: str, language: str) -> str:
    """Return the text of one field.

    Related rows are joined in column order, because a database may reorder JSON keys.
    """
    if field not in ROWS:
        return data.get(column(field, language)) or ""
    names = [column(one, language) for one in _row_model(item, field).translated_fields()]
    return "\n".join(row[name] for row in data.get(field, []) for name in names if row.get(name))


def _row_model(item: Publishable, field: str) -> Any:
    return item._meta.get_field(field).related_model


def _differs(old: str, new: str) -> bool:
    """Return whether the words or link targets differ. The editor may write the same words with other HTML tags."""
    return _read(old) != _read(new)


def _read(text: str) -> tuple[str, list[str]]:
    """Return what a reader gets from ``text``: its words and the addresses of its links."""
    return html_text.words(text), [link.href for link in html_text.links(text)] if "<" in text else []


def _day(mark: dict) -> date:
    return date.fromisoformat(mark["since"])
