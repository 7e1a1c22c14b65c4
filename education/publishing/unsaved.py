"""Keep what somebody has typed into a form and not saved yet, apart from the versions of the item.

Only its writer gets the words back, and only in fields that they may still change. Others see the name and the field.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from django.db import models
from django.utils import timezone

from education.models import Revision, UnsavedText
from education.models.bilingual import LANGUAGES
from education.models.serialization import relation_fields, row_names
from education.models.unsaved import key_of
from education.publishing.cells import Cell, cells
from education.publishing.guards import WRITE_ALL, may_change
from education.publishing.publication import pending_or_live
from education.rendering import marked_words
from safetycenter.roles import Account

KEEP_FOR = timedelta(days=14)
EDITING_FOR = timedelta(minutes=2)  # how long after the last change others read that somebody is writing
MAX_LENGTH = 100_000  # of one input
MAX_FIELDS = 400  # of one item, by one person
NOTE = "note"  # what the writer says about the change; belongs to no text
MAX_ROWS = 200


@dataclass(frozen=True)
class Typed:
    """The values of an input, and the fingerprint of the saved text that was there before ("": ask the version)."""

    values: list[str]
    seen: str = ""


@dataclass(frozen=True)
class Offer:
    """An unsaved text that its writer can have back. ``is_newer``: the text was saved since by somebody."""

    name: str
    text: UnsavedText
    cell: Cell | None
    saved: str
    is_newer: bool


class UnsavedTexts:
    """The unsaved texts of one ``item``, as ``user`` may see them. ``data`` is its newest saved text, if known."""

    def __init__(self, item: Any, user: Any, data: dict | None = None) -> None:
        self.item, self.user = item, user
        self._data = data

    @cached_property
    def data(self) -> dict:
        """Return the newest saved text; empty for a new item."""
        return (pending_or_live(self.item) if self.item.pk else {}) if self._data is None else self._data

    @cached_property
    def rows(self) -> list[UnsavedText]:
        """Return what everybody typed, the oldest first, without what is the same as the saved text."""
        found = UnsavedText.objects.for_item(self.item).select_related("user")
        return [row for row in found if not self._is_saved(row.field, row.values)]

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Return the texts of the item in every language, by the name of their input."""
        if not self.item.pk:  # it has no rows yet
            own = [Cell(field, code) for field in self.item.translated_fields() for code in LANGUAGES]
            return {cell.name: cell for cell in own}
        return {cell.name: cell for code in LANGUAGES for cell in cells(self.item, self.data, code)}

    def _is_saved(self, name: str, values: list[str]) -> bool:
        typed = [value for value in values if value]
        if cell := self.cells.get(name):
            return marked_words.is_same("".join(typed).strip(), cell.read(self.data).strip())
        return sorted(typed) == _as_values(self.data.get(name)) if name not in self._row_names else False

    def may_write(self, name: str) -> bool:
        """Return whether this person may change the input called ``name``."""
        if cell := self.cells.get(name):
            return may_change(self.item, [cell.language], self.user) is None
        return name == NOTE or (self.user.has_perm(WRITE_ALL) and name in self._columns | self._row_names)

    @cached_property
    def _columns(self) -> set[str]:
        fields = [*self.item._meta.concrete_fields, *relation_fields(self.item)]
        return {field.name for field in fields if field.editable and not field.primary_key}

    @cached_property
    def _row_names(self) -> set[str]:
        return set(row_names(type(self.item)))

    def offers(self) -> list[Offer]:
        """Return what this person can have back, in the order of typing: of one field, a later one is newer."""
        mine = [row for row in self.rows if row.user_id == self.user.pk and self.may_write(row.field)]
        different = {(row.field, *row.values): row for row in mine}
        return [self._offer(row) for row in different.values()]

    def _offer(self, row: UnsavedText) -> Offer:
        cell = self.cells.get(row.field)
        saved = cell.read(self.data) if cell else ""
        return Offer(row.field, row, cell, saved, row.field != NOTE and row.seen != self.fingerprint(row.field))

    def fingerprint(self, name: str) -> str:
        """Return what names the saved text in the input ``name``, and the text that it translates."""
        if cell := self.cells.get(name):
            source = next(code for code in LANGUAGES if code != cell.language)
            return cell.fingerprint(self.data, source)
        return f"v{self.version}"

    @cached_property
    def version(self) -> int:
        """Return the number of the newest version of the item."""
        return Revision.objects.latest_number(self.item) if self.item.pk else 0

    def editing(self) -> Iterator[tuple[str, Account, datetime]]:
        """Yield the field, person and beginning of what others are writing now."""
        recently = timezone.now() - EDITING_FOR
        known = self.cells.keys() | self._columns | self._row_names
        others = [row for row in self.rows if row.user_id != self.user.pk and row.changed_at >= recently]
        begun: dict[tuple[str, int], UnsavedText] = {}
        for row in (row for row in others if row.field in known):
            begun.setdefault((row.field, row.user_id), row)
        yield from ((row.field, row.user, row.started_at) for row in begun.values())

    def keep(self, page: str, typed: Mapping[str, Typed], version: int) -> set[str]:
        """Keep ``typed``, by the name of the input, and return the names of which nothing is lost.

        Missing are those that may not be written, are too long, or are too many. ``page`` names the opened page: what
        another page kept stays. ``version`` is what this page showed.
        """
        allowed = {name: one for name, one in typed.items() if self._is_allowed(name, one)}
        changed = {name: one for name, one in allowed.items() if not self._is_saved(name, one.values)}
        self._of_page(page).filter(field__in=allowed.keys() - changed.keys()).delete()
        written = self._write(page, {name: self._with_fingerprint(name, one, version) for name, one in changed.items()})
        return (allowed.keys() - changed.keys()) | written

    def _is_allowed(self, name: str, typed: Typed) -> bool:
        return sum(map(len, typed.values)) <= MAX_LENGTH and self.may_write(name)

    def _with_fingerprint(self, name: str, typed: Typed, version: int) -> Typed:
        if typed.seen:
            return typed
        return replace(typed, seen=self.fingerprint(name) if version == self.version else "")

    def _write(self, page: str, typed: dict[str, Typed]) -> set[str]:
        now, key = timezone.now(), key_of(self.item)
        room = MAX_FIELDS - self._mine().exclude(page=page).count()
        rows = [
            UnsavedText(**key, user=self.user, page=page, field=name, values=one.values, seen=one.seen[:80])
            for name, one in list(typed.items())[: max(room, 0)]
        ]
        for row in rows:
            row.started_at = row.changed_at = now
        UnsavedText.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["content_type", "object_id", "user", "page", "field"],
            update_fields=["values", "changed_at"],
        )
        return {row.field for row in rows}

    def _mine(self) -> models.QuerySet:
        return UnsavedText.objects.for_item(self.item).filter(user=self.user)

    def _of_page(self, page: str) -> models.QuerySet:
        return self._mine().filter(page=page)

    def discard(self, keys: Collection[int]) -> None:
        """Delete the rows with these ``keys`` that this person typed, and older ones that say the same."""
        mine = list(self._mine())
        seen = [(row.field, row.values) for row in mine if row.pk in keys]
        same = [row.pk for row in mine if (row.field, row.values) in seen]
        self._mine().filter(pk__in=same).delete()

    def forget(self, page: str = "", names: Collection[str] | None = None) -> None:
        """Delete what this person typed: everything, or only on one opened page, or only in the inputs ``names``."""
        rows = self._of_page(page) if page else self._mine()
        (rows if names is None else rows.filter(field__in=names)).delete()


def _as_values(value: Any) -> list[str]:
    """Return the values that the inputs of a form have for a saved ``value`` that is no text."""
    if isinstance(value, list):
        return sorted(str(one) for one in value)
    return ["on"] if value is True else [str(value)] if value else []


def initial_values(item: models.Model, offers: Iterable[Offer]) -> dict[str, Any]:
    """Return what a form of ``item`` shows instead of the saved values, by column. Rows are left out."""
    found: dict[str, Any] = {}
    for offer in offers:
        if offer.name == NOTE or (offer.cell and not offer.cell.rows):
            found[offer.name] = offer.text.text
        elif offer.cell is None and offer.name not in row_names(type(item)):
            found[offer.name] = _initial_value(item._meta.get_field(offer.name), offer.text)
    return found


def _initial_value(field: Any, typed: UnsavedText) -> Any:
    if field.many_to_many or isinstance(field, models.JSONField):  # inputs with several values
        return typed.values
    return bool(typed.values) if isinstance(field, models.BooleanField) else typed.text


def row_values(offers: Iterable[Offer], rows: str, saved: list[dict]) -> list[dict] | None:
    """Return the rows called ``rows`` with what was typed in them, ``None`` if nothing was.

    A form that can add and remove rows kept all of them as one query string with inputs such as ``0-url``; removed and
    empty ones are left out. Single texts were kept by the name of their input, such as ``sources-0-title_en``.
    """
    texts = {offer.name: offer.text.text for offer in offers}
    if rows in texts:
        return _parsed_rows(texts[rows])
    found = [dict(row) for row in saved]
    cells = [offer.cell for offer in offers if offer.cell and offer.cell.rows == rows]
    for cell in cells:
        found[cell.place][cell.column] = texts[cell.name]
    return found if cells else None


def _parsed_rows(query: str) -> list[dict]:
    found: dict[int, dict] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        place, _dash, column = name.partition("-")
        if place.isdecimal() and int(place) < MAX_ROWS:
            found.setdefault(int(place), {})[column] = value
    rows = [found[place] for place in sorted(found)]
    return [row for row in rows if not row.pop("DELETE", "") and any(row[name] for name in row if name != "position")]


def delete_old() -> int:
    """Delete what was typed more than 14 days ago. Return the number of deleted rows."""
    return UnsavedText.objects.filter(changed_at__lt=timezone.now() - KEEP_FOR).delete()[0]
