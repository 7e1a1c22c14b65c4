"""The points of linked reports end when none is left with which a case is linked (safety rule H23).

A lead confirms for one case that others belong with it. If these are unlinked, closed as "no rule broken" or erased, it
is alone, and nothing of what the lead compared speaks for its points any more. One that was closed in another way still
belongs with it.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.roles import Actor

from ..models.case import Case, State
from ..models.state import LIVE, Outcome
from .case_action import CaseAction, TimedAction
from .case_effects import clock
from .linked import with_linked

ALONE = "left_alone"


def leaves(action: str, details: Mapping[str, object]) -> bool:
    """Return whether a case may be linked with the others no more after ``action``. Erasing it is another way."""
    return action in ("link", "unlink") or details.get("outcome") == Outcome.NO_RULE


def with_points(case: Case) -> list[Case]:
    """Return the other cases that are linked with ``case`` and have points for that."""
    return [other for other in _others(case) if clock.CLUSTER in other.reasons]


def _others(case: Case) -> list[Case]:
    found: Any = with_linked(Case.objects.filter(pk=case.pk)).get()
    ids = found.linked_by_name | found.linked_by_staff
    rows = Case.objects.filter(pk__in=ids).exclude(state=State.PURGED)
    return list(rows.only("reasons", "restricted", "withheld"))


def _is_alone(case: Case, by: Actor) -> str | None:
    """Refuse while a report is left that the leads of this case may compare with it: no other gave it points (H25)."""
    if clock.CLUSTER not in case.reasons:
        return _("This case is not linked.")
    sees_all = case.restricted or case.withheld
    left = [other for other in _others(case) if other.withheld == case.withheld and (sees_all or not other.restricted)]
    return _("This case is linked with others.") if left else None


def _take_points(case: Case, by: Actor) -> dict:
    clock.remove_reason(case, clock.CLUSTER)
    return {}


CLUSTER_ACTIONS: dict[str, CaseAction] = {
    ALONE: TimedAction(
        gettext_lazy("Points for linked reports ended: none is left"), LIVE, effect=_take_points, condition=_is_alone
    )
}
