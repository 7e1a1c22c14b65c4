"""Compare two texts of an item: a word diff for each field and language."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Field, Model
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField

from education.models.serialization import content_columns, relation_fields, row_names
from education.rendering import html_text

SAME, REMOVED, ADDED = "same", "gone", "new"
PARENT_FIELDS = {"guide", "news"}  # foreign keys of a row to its owner: the item itself, or a helpline for its channels
CONTEXT_WORDS = 12  # words kept on each side of a change
_TOKEN = re.compile(r"\n|[^\S\n]+|\S+")


@dataclass(frozen=True)
class Difference:
    """A changed field: its label, its column, its language ("" if none), and its diff as (kind, words)."""

    label: str
    field: str
    language: str
    pieces: list[tuple[str, str]]


def differences_between(item: Model, before: dict | None, after: dict) -> list[Difference]:
    """Return the fields in which ``after`` differs from ``before`` (None: empty), in field order."""
    found = []
    for name, label, language, read in _fields(item):
        old, new = read((before or {}).get(name)), read(after.get(name))
        if old != new:
            found.append(Difference(label, name, language, diff_pieces(old, new)))
    return found


def text_diff(old: str, new: str) -> list[tuple[str, str]]:
    """Return the diff of two values of a text field, with rich text reduced to its words."""
    return diff_pieces(_as_plain_text(old), _as_plain_text(new))


def diff_pieces(old: str, new: str) -> list[tuple[str, str]]:
    """Return the diff as pairs (``same`` | ``gone`` | ``new``, words). Long unchanged stretches are shortened."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(before[a:b])))
            continue
        found += [(REMOVED, "".join(before[a:b]))] if b > a else []
        found += [(ADDED, "".join(after[c:d]))] if d > c else []
    last = len(found) - 1
    return [
        (kind, _shorten(words, place, last) if kind == SAME else words) for place, (kind, words) in enumerate(found)
    ]


def _shorten(words: str, place: int, last: int) -> str:
    tokens = _TOKEN.findall(words)
    head = tokens[: 2 * CONTEXT_WORDS] if place else []
    tail = tokens[-2 * CONTEXT_WORDS :] if place < last else []
    if len(tokens) <= len(head) + len(tail) + CONTEXT_WORDS:
        return words
    return f"{''.join(head)} … {''.join(tail)}"


def _fields(item: Model) -> Iterator[tuple]:
    """Yield name, label, language and a function that renders the value, for every content field of the item."""
    for field in content_columns(item):
        language = field.language if isinstance(field, TranslationField) else ""
        yield field.name, capfirst(field.verbose_name), language, _reader(field)
    for field in relation_fields(item):
        yield field.name, capfirst(field.verbose_name), "", _names_of(field.related_model)
    for name in row_names(item):
        model = getattr(item, name).model
        yield name, capfirst(model._meta.verbose_name_plural), "", _rows_of(model)


def _reader(field: Field) -> Callable[[Any], str]:
    if field.many_to_one:
        return lambda key: _names_of(field.related_model)([key] if key else [])
    if field.choices:
        return lambda value: str(dict(field.flatchoices).get(value, value or ""))
    return _as_plain_text


def _as_plain_text(value: Any) -> str:
    """Return a value as plain words: rich text as its blocks, a link followed by its address."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    text = "" if value is None else str(value)
    if moment := _moment(text):
        return moment
    return _blocks(text) if text.startswith("<") else text


def _moment(text: str) -> str:
    if not text[:4].isdigit():
        return ""
    try:
        if day := parse_date(text):
            return date_format(day)
        moment = parse_datetime(text)
    except ValueError:
        return ""
    if moment is None:
        return ""
    return date_format(timezone.localtime(moment) if timezone.is_aware(moment) else moment, "DATETIME_FORMAT")


def _blocks(html: str) -> str:
    marks = {"li": "• ", "h2": "— ", "h3": "– "}
    lines = [f"{marks.get(block.tag, '')}{block.text}" for block in html_text.blocks(html)]
    addresses = [f"{link.text} → {link.href}" for link in html_text.links(html)]
    return "\n".join([*lines, *addresses])


def _names_of(model: type[Model]) -> Callable[[Any], str]:
    def read(found: list | None) -> str:
        return ", ".join(str(row) for row in model._default_manager.filter(pk__in=found or []))

    return read


def _rows_of(model: type[Model]) -> Callable[[Any], str]:
    def read(rows: list[dict] | None) -> str:
        return "\n".join(_row(model, row) for row in rows or [])

    return read


def _row(model: type[Model], row: dict) -> str:
    shown = [field for field in content_columns(model) if field.name not in {"position", *PARENT_FIELDS}]
    values = [_reader(field)(row.get(field.name)) for field in shown]
    return " · ".join(value for value in values if value)
