"""Which language of a text is behind the other one, field by field, and what the other one said when both agreed.

Kept with the item in ``behind``: ``{"body_en": {"since": "2027-05-03", "said": "…"}}`` says that the English text is
behind since that day, and what the Indonesian one said before. See ``docs/decisions/staleness.md``.
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

ADDRESS = "slug"  # no text: it differs without meaning anything
ROWS = ("scenarios",)  # rows that readers read as one text


@dataclass(frozen=True)
class Outdated:
    """One field in which ``language`` is behind ``source``: since when, what ``source`` said then, and says now."""

    field: str
    language: str
    source: str
    since: date
    said: str
    now: str

    @property
    def column(self) -> str:
        """The column that is behind, such as ``body_en``."""
        return column(self.field, self.language)

    @property
    def name(self) -> str:
        """What a person confirms: this column against just this text, not one that came in the meantime."""
        return f"{self.column}-{crc32(repr(_read(self.now)).encode()):08x}"


def fields(item: Publishable) -> list[str]:
    """The names under which ``item`` says something in both languages."""
    rows = [name for name in ROWS if hasattr(type(item), name)]
    return [field for field in item.translated_fields() if field != ADDRESS] + rows


def label(item: Publishable, field: str, language: str) -> str:
    """``Title (English)``."""
    if field in ROWS:
        rows = _row_model(item, field)._meta.verbose_name_plural
        return f"{capfirst(rows)} ({language_name(language)})"
    return str(capfirst(item._meta.get_field(column(field, language)).verbose_name))


def compute(item: Publishable, before: dict | None, now: dict, minor: bool = False) -> dict:
    """What is behind in ``item`` once readers see ``now`` instead of ``before``; both are snapshots.

    Nothing is when they saw nothing ``before`` (None). A ``minor`` change leaves nobody behind, and catches up with
    nothing.
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
    """The marks of one field that is written in both languages, of which those in ``moved`` say something else now."""
    marks = {code: item.behind[column(field, code)] for code in LANGUAGES if column(field, code) in item.behind}
    if len(moved) == 1 and moved[0] not in marks:
        (source,) = moved
        new = {"since": timezone.localdate().isoformat(), "said": _text(item, before, field, source)}
        marks.setdefault(other(source), new)  # further behind: still compared with the text that both agreed on
    else:
        marks = {code: mark for code, mark in marks.items() if code not in moved}
    # Where the other language went back to what it said, both agree again.
    return {
        column(field, code): mark
        for code, mark in marks.items()
        if _differs(mark["said"], _text(item, now, field, other(code)))
    }


def gaps(item: Publishable) -> list[Outdated]:
    """What is behind in ``item`` as its row says it, in the order of its fields."""
    now = snapshot(item) if item.behind else {}
    return [
        Outdated(field, code, other(code), _day(mark), mark["said"], _text(item, now, field, other(code)))
        for field, code, mark in _behind(item)
    ]


def newer(item: Any, says: Collection[str] | None = None) -> dict | None:
    """For the page of ``item`` that shows the fields ``says`` (None: all): which language is newer, and since when."""
    if not getattr(item, "behind", None) or len(item.languages()) < len(LANGUAGES):
        return None
    shown = item.localized.language
    days = [_day(mark) for field, code, mark in _behind(item) if code == shown and (says is None or field in says)]
    return {"language": other(shown), "since": min(days)} if days else None


def missing_fields(item: Publishable, language: str) -> list[str]:
    """The fields that ``item`` says in the other language and not in ``language``."""
    columns = [field for field in fields(item) if field not in ROWS]
    return [field for field in columns if item.text(field, other(language)) and not item.text(field, language)]


def outdated(item: Publishable, language: str) -> list[str]:
    """The fields in which ``language`` is behind."""
    return [field for field, code, _mark in _behind(item) if code == language]


def other(language: str) -> str:
    """The other one of the two languages."""
    (found,) = set(LANGUAGES) - {language}
    return found


def _behind(item: Publishable) -> Iterator[tuple[str, str, dict]]:
    for field in fields(item):
        for code in LANGUAGES:
            if mark := item.behind.get(column(field, code)):
                yield field, code, mark


def _text(item: Publishable, data: dict, field: str, language: str) -> str:
    """What ``data`` says in one field; rows in the order of their columns, which a database may keep in another."""
    if field not in ROWS:
        return data.get(column(field, language)) or ""
    names = [column(one, language) for one in _row_model(item, field).translated_fields()]
    return "\n".join(row[name] for row in data.get(field, []) for name in names if row.get(name))


def _row_model(item: Publishable, field: str) -> Any:
    return item._meta.get_field(field).related_model


def _differs(old: str, new: str) -> bool:
    """Whether a reader reads other words or is led elsewhere; the editor writes the same words with other marks."""
    return _read(old) != _read(new)


def _read(text: str) -> tuple[str, list[str]]:
    """What a reader gets of ``text``: its words, and the addresses of its links."""
    return html_text.words(text), [link.href for link in html_text.links(text)] if "<" in text else []


def _day(mark: dict) -> date:
    return date.fromisoformat(mark["since"])
