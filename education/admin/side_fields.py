"""The texts of an item as the side-by-side page shows them: what is to do in each, and what changed in its source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from education.models import Publishable, Revision, State
from education.models.serialization import snapshot
from education.publishing import not_needed, translation_status, workflow
from education.publishing.cells import Cell, cells
from education.publishing.publication import withdrawn_texts
from education.rendering import html_text
from education.rendering.rich_text import RichTextField, render
from education.translation import column

from . import differences, rich_pictures

OUTDATED, MISSING, LEFT_OUT, WAITING, DONE = "outdated", "missing", "left_out", "waiting", "done"
TO_DO = (OUTDATED, MISSING)


class SideTexts:
    """The newest text of an item, and what publishing it would leave out of date."""

    def __init__(self, item: Publishable, source: str, target: str) -> None:
        self.item, self.source, self.target = item, source, target
        self.proposal = Revision.objects.open_proposal(item)
        row = snapshot(item)
        self.data = self.proposal.data if self.proposal else row
        self.before = row if item.state == State.PUBLISHED else workflow.published_text(item)
        minor = bool(self.proposal and self.proposal.minor)
        self.outdated = translation_status.compute(item, self.before, self.data, minor)

    @cached_property
    def confirmable(self) -> dict[str, str]:
        """Return, by column, what confirms that a text is still correct; only while its source has no draft change."""
        live = self.before or {}
        entries = translation_status.outdated_entries(self.item, live)
        return {gap.column: gap.name for gap in entries if self._is_unchanged(gap, live)}

    def _is_unchanged(self, gap: translation_status.Outdated, live: dict) -> bool:
        if gap.field in translation_status.ROWS:
            return live.get(gap.field) == self.data.get(gap.field)
        return all(live.get(name) == self.data.get(name) for name in (gap.column, column(gap.field, gap.source)))

    @cached_property
    def withdrawn(self) -> dict:
        """Return the texts that were withdrawn before readers had this language, by column."""
        return {} if self.proposal else withdrawn_texts(self.item)

    def cells(self) -> list[Cell]:
        """Return the texts in the language to write."""
        return cells(self.item, self.data, self.target)

    def state(self, cell: Cell) -> str:
        """Return what is to do in ``cell``."""
        text, source = cell.read(self.data), cell.in_language(self.source).read(self.data)
        if not text and cell.name in self.item.not_needed:
            return LEFT_OUT
        if not text and source:
            return self._state_of_gap(cell)
        if text and self._is_outdated(cell):
            return OUTDATED
        return WAITING if self.before and text != cell.read(self.before) else DONE

    def _state_of_gap(self, cell: Cell) -> str:
        if cell.rows and cell.rows not in translation_status.ROWS:
            return DONE
        needs = not cell.rows or translation_status.rows_to_write(self.item, self.data, cell.rows, self.target)
        return MISSING if needs else LEFT_OUT

    def _is_outdated(self, cell: Cell) -> bool:
        if not cell.rows:
            return cell.column in self.outdated
        mark = self.outdated.get(column(cell.rows, self.target))
        source = cell.in_language(self.source).read(self.data)
        return mark is not None and source not in mark["source_text"].split("\n")


@dataclass
class SideField:
    """One text with its source: what is to do, what was typed and not saved, and what somebody else saved."""

    cell: Cell
    state: str
    label: str
    source: str
    source_html: str
    text: str
    text_html: str
    fingerprint: str
    other: str  # the name of the same text in the source language
    mark: dict | None = None
    pieces: list[tuple[str, str]] = field(default_factory=list)
    confirm: str = ""
    may_leave_out: bool = False
    left_out: dict | None = None
    left_out_by: str = ""
    editing: str = ""
    errors: list[str] = field(default_factory=list)
    theirs: list[tuple[str, str]] = field(default_factory=list)
    typed: str | None = None
    bound: Any = None

    @property
    def is_to_do(self) -> bool:
        """Return whether somebody must write or decide."""
        return self.state in TO_DO

    @property
    def since(self) -> date | None:
        """Return the day since which the text is out of date or left out."""
        found = self.mark or self.left_out
        return date.fromisoformat(found["since"]) if found else None

    @property
    def beginning(self) -> str:
        """Return the first words of the source, for the folded line on a phone."""
        return Truncator(html_text.words(self.source)).words(8)


@dataclass
class SideGroup:
    """The fields of the item (without a title), or of one of its rows."""

    title: str
    fields: list[SideField]
    mark: dict | None = None
    pieces: list[tuple[str, str]] = field(default_factory=list)
    confirm: str = ""
    begins: str = ""  # the column that stands for all rows of the kind, in the first group that is shown of them
    has_gaps: bool = False  # of any row of the kind, as the next one
    left_out: dict | None = None

    @property
    def since(self) -> date | None:
        """Return the day since which the rows are out of date."""
        return date.fromisoformat(self.mark["since"]) if self.mark else None


def side_field(texts: SideTexts, cell: Cell) -> SideField:
    """Return the text of ``cell`` with everything that its part of the page shows."""
    item, source = texts.item, cell.in_language(texts.source).read(texts.data)
    mark = None if cell.rows else texts.outdated.get(cell.column)
    return SideField(
        cell=cell,
        state=texts.state(cell),
        label=_label(item, cell),
        source=source,
        source_html=_html(item, cell.in_language(texts.source), source),
        text=cell.read(texts.data),
        text_html=_html(item, cell, cell.read(texts.data)),
        fingerprint=cell.fingerprint(texts.data, texts.source),
        other=cell.in_language(texts.source).name,
        mark=mark,
        pieces=_changes(texts, cell, mark),
        confirm="" if cell.rows else texts.confirmable.get(cell.column, ""),
        may_leave_out=not cell.rows and not_needed.is_optional(item, cell.field),
        left_out=item.not_needed.get(column(cell.rows, cell.language) if cell.rows else cell.name),
    )


def groups(texts: SideTexts, fields: Iterable[SideField]) -> list[SideGroup]:
    """Return ``fields`` under the item and its rows; the first row of a kind says what changed in all of them."""
    found: dict[tuple[str, int], list[SideField]] = {}
    for one in fields:
        found.setdefault((one.cell.rows, one.cell.place), []).append(one)
    return list(_grouped(texts, found))


def _grouped(texts: SideTexts, found: dict[tuple[str, int], list[SideField]]) -> Iterator[SideGroup]:
    told: set[str] = set()
    gaps = {one.cell.rows for fields in found.values() for one in fields if one.state == MISSING}
    for (rows, place), fields in found.items():
        group = SideGroup(_row_title(texts.item, rows, place), fields)
        name = column(rows, texts.target)
        if rows in translation_status.ROWS and rows not in told:
            group.begins, group.has_gaps, group.left_out = name, rows in gaps, texts.item.not_needed.get(name)
        if group.begins and rows in dict(_row_marks(texts)):
            group.mark = dict(_row_marks(texts))[rows]
            now = translation_status.text_of(texts.item, texts.data, rows, group.mark["source"])
            group.pieces = differences.text_diff(group.mark["source_text"], now)
            group.confirm = texts.confirmable.get(name, "")
        told.add(rows)
        yield group


def _row_marks(texts: SideTexts) -> Iterator[tuple[str, dict]]:
    for rows in translation_status.ROWS:
        if mark := texts.outdated.get(column(rows, texts.target)):
            yield rows, mark


def _row_title(item: Any, rows: str, place: int) -> str:
    if not rows:
        return ""
    kind = capfirst(getattr(item, rows).model._meta.verbose_name)
    return _("%(kind)s %(number)d") % {"kind": kind, "number": place + 1}


def _label(item: Publishable, cell: Cell) -> str:
    return str(capfirst(cell.model_field(item).translated_field.verbose_name))  # type: ignore[attr-defined]


def is_rich(item: Publishable, cell: Cell) -> bool:
    """Return whether ``cell`` holds rich text."""
    return isinstance(cell.model_field(item).translated_field, RichTextField)  # type: ignore[attr-defined]


def _html(item: Publishable, cell: Cell, text: str) -> str:
    """Return rich text with its pictures. Its anchors begin with the name of the cell: they are unique on the page."""
    if not is_rich(item, cell):
        return ""
    return rich_pictures.with_addresses(render(text, cell.language, f"{cell.name}-").html)


def _changes(texts: SideTexts, cell: Cell, mark: dict | None) -> list[tuple[str, str]]:
    if mark is None:
        return []
    return differences.text_diff(mark["source_text"], cell.in_language(mark["source"]).read(texts.data))


def form_of(fields: Iterable[SideField], formfields: dict[str, forms.Field]) -> forms.Form:
    """Return a form with an input for each of ``fields``, filled with what was typed, else with the saved text."""
    fields = list(fields)
    shown = {one.cell.name: one.text if one.typed is None else one.typed for one in fields}
    rich_pictures.add_addresses(shown, shown.keys())
    form = forms.Form(initial=shown)
    for one in fields:
        form.fields[one.cell.name] = formfields[one.cell.name]
        one.bound = form[one.cell.name]
        if one.errors:
            attrs = {"aria-invalid": "true", "aria-describedby": f"error-{one.cell.name}"}
            form.fields[one.cell.name].widget.attrs |= attrs
    return form
