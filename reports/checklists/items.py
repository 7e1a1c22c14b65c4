"""The checklist of one case: its items in order, and who ticked each off, and when.

Ticks are events of the signed record: they stay with the case when it is handed over, and need no table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..models.case import Case
from ..models.checklist import ChecklistItem
from ..models.event import Event
from .desk_texts import checklist_items
from .references import TEXT_FIELDS

TICK = "tick"  # the action on the case


@dataclass(frozen=True)
class Line:
    """One item on the case page. ``done_by`` and ``done_at`` are None while it is open."""

    item: ChecklistItem
    has_text: bool  # in the language of the reporter
    done_by: str = ""
    done_at: datetime | None = None


def lines(case: Case, events: Iterable[Event], life: str = "") -> list[Line]:
    """Return the checklist of ``case``, without the items for another ``life`` (``Life``) if it is given.

    ``events`` are at least those of its ticks, in order.
    """
    done = {event.facts["item"]: event for event in events if event.action == TICK}
    ours = [item for item in of_category(case.category_id) if not life or item.life in ("", life)]
    return [_line(item, case, done.get(item.key)) for item in ours]


def of_category(category_id: str) -> list[ChecklistItem]:
    """Return the active items for a category and those of every category, in order."""
    return [item for item in checklist_items() if item.category_id in (None, category_id)]


def with_key(key: str) -> ChecklistItem | None:
    """Return the active item with this key."""
    return next((item for item in checklist_items() if item.key == key), None)


def _line(item: ChecklistItem, case: Case, event: Event | None) -> Line:
    has_text = bool(getattr(item, TEXT_FIELDS[case.language]))
    if event is None or not event.facts["done"]:
        return Line(item, has_text)
    return Line(item, has_text, str(event.by), event.at)
