"""Save single texts of an item, without touching the others that somebody may be writing at the same time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from education.models import Publishable, Revision
from education.models.bilingual import LANGUAGES, Bilingual
from education.models.serialization import snapshot
from education.publishing import workflow
from education.publishing.cells import Cell
from education.publishing.publication import columns_in_languages
from safetycenter.page_cache import cache_version
from safetycenter.transitions import NotAllowed


@dataclass(frozen=True)
class Edit:
    """A new ``text`` for ``cell``; ``seen`` is the fingerprint of what its writer saw, with the language ``source``."""

    cell: Cell
    text: str | None
    source: str
    seen: str


class TextMovedError(Exception):
    """Somebody changed one of the texts, or its source, after its writer had opened it. ``cells`` are those."""

    def __init__(self, cells: list[Cell]) -> None:
        self.cells = cells


@cache_version.batch()
def save(item: Publishable, edits: Iterable[Edit], by: Any, note: str = "", minor: bool = False) -> Revision | None:
    """Save ``edits`` of ``item`` as its newest text. Return the revision, or ``None`` if nothing differs.

    A published item gets a proposal. Raises NotAllowed if ``by`` may not write in these languages, and TextMovedError
    if what they saw has changed; nothing is saved then.
    """
    edits = list(edits)
    item = type(item).objects.select_for_update().get(pk=item.pk)
    languages = {edit.cell.language for edit in edits}
    if refusal := workflow.may_write(item, by) or workflow.may_change(item, languages, by):
        raise NotAllowed(refusal)
    before = workflow.pending_or_live(item)
    if moved := [edit.cell for edit in edits if edit.cell.fingerprint(before, edit.source) != edit.seen]:
        raise TextMovedError(moved)
    data = before
    for edit in edits:
        data = edit.cell.written(data, edit.text)
    if data == before:
        return None
    if not workflow.is_saved_as_proposal(item):
        _save_row(item, data, minor)
    return workflow.save_proposal(item, by, data, note=note, minor=minor)


@cache_version.batch()
def save_content(item: Any, content: dict, by: Any, note: str = "") -> None:
    """Save ``content``, a whole text as a revision stores it, as the newest text of ``item``, which may be new.

    A published item gets a proposal, another one is changed. An item without versions is only saved. Raises NotAllowed
    if ``by`` may not change what ``content`` changes.
    """
    if item.pk is None:
        Revision(data=content).apply_and_save(item)
        content = snapshot(item)
    else:
        item = type(item).objects.select_for_update().get(pk=item.pk)
        _require_right(item, content, by)
        if not workflow.is_saved_as_proposal(item):
            _save_row(item, content, minor=False)
    if isinstance(item, Bilingual):
        workflow.save_proposal(item, by, content, note=note)


def _require_right(item: Any, content: dict, by: Any) -> None:
    """Raise NotAllowed unless ``by`` may change everything in which ``content`` differs from the open text."""
    before = workflow.pending_or_live(item)
    is_bilingual = isinstance(item, Bilingual)
    translation = columns_in_languages(item, content, LANGUAGES[1:]) if is_bilingual else {}
    original = {name for name, value in content.items() if value != before.get(name)} - translation.keys()
    if refusal := workflow.may_write(item, by) or workflow.may_change(item, LANGUAGES[:1] if original else [], by):
        raise NotAllowed(refusal)


def _save_row(item: Publishable, data: dict, minor: bool) -> None:
    if not minor:
        item.changed_on = timezone.localdate()
    Revision(data=data).apply_and_save(item)
