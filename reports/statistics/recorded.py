"""What an event records of its case for the recount: columns as they are, so that it needs nothing of the counting."""

from typing import Any

from ..models.tally import kind_of

Columns = dict[str, Any]
NOW, BEFORE = "figures", "figures_before"  # the names of the facts


def facts(before: Columns | None, after: Columns, is_counted: bool) -> dict[str, Any]:
    """Return the facts to record of a case with these columns before an action and after it.

    Nothing if neither they nor a counter (``is_counted``) changed, for example for a note.
    """
    was, now = before and _figures(before), _figures(after)
    if was == now or was is None:
        return {NOW: now} if is_counted or was is None else {}
    return {NOW: now, BEFORE: was}


def _figures(columns: Columns) -> dict[str, Any]:
    is_first_look = columns["due_at"] != columns["promised_again_at"]  # not the promise of a second review
    return {
        "tier": columns["tier"],
        "age_band": str(columns["age_band"]),
        "category": columns["category_id"],
        "kind": str(kind_of(columns)),
        "due": columns["due_at"].isoformat() if is_first_look else None,
        "seen": columns["seen_at"].isoformat() if columns["seen_at"] else None,
        "is_answered": columns["answered_at"] is not None,
    }
