"""Tables of transitions: who may do what to an object in which state, and the sentence for a refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _


class NotAllowed(Exception):
    """A transition was refused. The message is a full sentence for the person who tried."""


@dataclass(frozen=True)
class Transition:
    """One row of a table.

    ``sources`` are the states it may start from. ``target`` is the state it ends in: one name, or a mapping from the
    state before (``None``, or a state missing from the mapping, leaves the state unchanged). ``permission`` is the
    Django permission that the actor needs (``None``: only code of the same app calls it), ``effect`` a function
    ``(obj, by, **details)`` that does the work, ``condition`` a function ``(obj, by)`` that returns the sentence of a
    refusal, or nothing.
    """

    label: Any
    sources: tuple[str, ...]
    target: str | Mapping[str, str] | None = None
    permission: str | None = None
    effect: Callable | None = None
    condition: Callable | None = None

    def refusal(self, obj: Any, by: Any) -> str | None:
        """Return the sentence that refuses ``by``, or ``None`` when the transition may happen."""
        if self.permission and not (by is not None and by.has_perm(self.permission)):
            return _("Your role does not allow this.")
        if obj.state not in self.sources:
            return _("This is no longer possible: the status has changed in the meantime.")
        return (self.condition(obj, by) or None) if self.condition else None


Row = TypeVar("Row", bound=Transition)


def available(table: Mapping[str, Row], obj: Any, by: Any) -> dict[str, Row]:
    """Return the rows of ``table`` that ``by`` may use on ``obj`` right now."""
    return {name: row for name, row in table.items() if row.refusal(obj, by) is None}


def require(table: Mapping[str, Row], name: str, obj: Any, by: Any) -> Row:
    """Return the row called ``name``. Raises NotAllowed with the sentence of the refusal."""
    row = table[name]
    if refusal := row.refusal(obj, by):
        raise NotAllowed(refusal)
    return row
