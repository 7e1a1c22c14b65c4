"""Compare two texts of an item: a word diff for each field and language, marks and link addresses included."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from education.rendering import changed_sentences
from education.rendering.marked_words import Token, as_html, changed_marks, is_same, tokens

SAME, REMOVED, ADDED, NOTE = "same", "gone", "new", "note"
PARENT_FIELDS = {"guide", "news"}  # foreign keys of a row to its owner: the item itself, or a helpline for its channels
CONTEXT_WORDS = 12  # words kept on each side of a change


@dataclass(frozen=True)
class Difference:
    """A changed field: its label, its column, its language ("" if none), and its diff as (kind, words)."""

    label: str
    field: str
    language: str
    pieces: list[tuple[str, str]]


def differences_between(item: Model, before: dict | None, after: dict, most: int = 0) -> list[Difference]:
    """Return the fields in which ``after`` differs from ``before`` (None: empty), in field order.

    With ``most`` only the changed sentences of each, and about so many characters of them.
    """
    found = []
    for name, label, language, read in _fields(item):
        old, new = read((before or {}).get(name)), read(after.get(name))
        if old != new and not is_same(old, new):
            short = sentence_diff(old, new, most) if most else []
            found.append(Difference(label, name, language, short or diff_pieces(old, new)))
    return found


def labels(item: Model) -> dict[str, str]:
    """Return the label of every content field of ``item`` by its name; a translated one without its language."""
    found = full_labels(item)
    texts = {field.name: field for field in content_columns(item) if isinstance(field, TranslationField)}
    return found | {name: str(capfirst(field.translated_field.verbose_name)) for name, field in texts.items()}


def full_labels(item: Model) -> dict[str, str]:
    """Return the label of every content field of ``item`` by its name, in field order, with its language."""
    return {name: str(label) for name, label, _language, _read in _fields(item)}


def text_diff(old: str, new: str) -> list[tuple[str, str]]:
    """Return the diff of two values of a text field. Rich text shows its marks, lists and link addresses."""
    return diff_pieces(_as_plain_text(old), _as_plain_text(new))


def diff_pieces(old: str, new: str) -> list[tuple[str, str]]:
    """Return the diff as pairs (``same`` | ``gone`` | ``new`` | ``note``, words).

    Long unchanged stretches are shortened. A note says in words which marks changed where the words stayed.
    """
    return _token_diff(tokens(old), tokens(new))


def sentence_diff(old: str, new: str, most: int) -> list[tuple[str, str]]:
    """Return the diff as ``text_diff``, but only of the sentences that changed, and about ``most`` characters of it.

    It takes a small part of the time, because only these sentences are compared word by word.
    """
    found: list[tuple[str, str]] = []
    for before, after in changed_sentences.changed(_as_plain_text(old), _as_plain_text(new)):
        if most <= 0:
            return [*found, (SAME, " …")]
        pair = _shortened(before, most), _shortened(after, most)
        found += [(SAME, "\n")] if found else []
        found += _token_diff(*pair)
        most -= sum(len(token.text) for words in pair for token in words)
    return found


def _shortened(words: Sequence[Token], most: int) -> list[Token]:
    """Return the first ``most`` characters of ``words``, in whole words if they are not very long."""
    found: list[Token] = []
    for token in words:
        if most < len(token.text):
            return [*found, *([] if found else [replace(token, text=token.text[:most])]), Token(" …")]
        found.append(token)
        most -= len(token.text)
    return found


def _token_diff(before: list[Token], after: list[Token]) -> list[tuple[str, str]]:
    found: list[tuple[str, list[Token]]] = []
    for kind, a, b, c, d in _changes(before, after):
        parts = [(SAME, before[a:b])] if kind == "equal" else [(REMOVED, before[a:b]), (ADDED, after[c:d])]
        found += [(part, words) for part, words in parts if words]
        if kind == "replace" and (note := changed_marks(before[a:b], after[c:d])):
            found.append((NOTE, [Token(f" ({note})")]))
    last = len(found) - 1
    return [
        (kind, as_html(_shorten(words, place, last) if kind == SAME else words))
        for place, (kind, words) in enumerate(found)
    ]


def _changes(before: list[Token], after: list[Token]) -> list[tuple[str, int, int, int, int]]:
    """Return the opcodes of the change. A single space between two changes belongs to both."""
    found: list[tuple[str, int, int, int, int]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        is_gap = kind == "equal" and b < len(before) and all(token.text == " " for token in before[a:b])
        if found and found[-1][0] != "equal" and (is_gap or kind != "equal"):
            _kind, first_a, _b, first_c, _d = found.pop()
            found.append(("replace", first_a, b, first_c, d))
        else:
            found.append((kind, a, b, c, d))
    return found


def _shorten(words: list[Token], place: int, last: int) -> list[Token]:
    head = words[: 2 * CONTEXT_WORDS] if place else []
    tail = words[-2 * CONTEXT_WORDS :] if place < last else []
    if len(words) <= len(head) + len(tail) + CONTEXT_WORDS:
        return words
    return [*head, Token(" … "), *tail]


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
    """Return a value as text; rich text stays as it is."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    text = "" if value is None else str(value)
    return _moment(text) or text


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
