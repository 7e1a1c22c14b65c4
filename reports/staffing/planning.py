"""What a lead needs to plan: how many people are available in each category, and cases that nobody may take.

Nothing here says who chose not to get a category.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text
from safetycenter.roles import Account, has_role_permission

from ..models.bounded_count import CountUpTo
from ..models.case import Case
from ..models.category import Category
from ..models.recusal import Recusal
from ..models.state import OPEN
from ..models.tally import Tally
from ..questions.category import DECLARED
from ..roles import KIND_PERMISSIONS
from .availability import KINDS, ORDINARY, URGENT_TIER, Worker, left_by_all
from .exposure import Exposure, of_today
from .hours import Roster

RESTRICTED = "reports.handle_restricted"


@dataclass(frozen=True)
class Available:
    """How many people may get cases of one category and kind, and how many of them are available now."""

    may: int
    now: int
    is_alarming: bool


@dataclass(frozen=True)
class CategoryRow:
    """One category; None for a kind that its cases never have."""

    name: str
    ordinary: Available | None
    restricted: Available

    @property
    def is_alarming(self) -> bool:
        """Whether somebody is missing."""
        return self.restricted.is_alarming or bool(self.ordinary and self.ordinary.is_alarming)


def is_watched(people: Sequence[Worker]) -> bool:
    """Return whether urgent reports should find somebody now: in staffed hours, or while anybody is on duty."""
    return any(worker.on_duty for worker in people) or Roster.now().is_staffed(URGENT_TIER, timezone.now())


def known_people(people: Sequence[Worker], user: Account) -> list[Worker]:
    """Return those of ``people`` who work on a kind of case that ``user`` may know of, with what they read of these.

    So a supervisor does not learn that a withheld or restricted case exists because somebody reads it (H25). One query.
    """
    kinds = {name for name in KIND_PERMISSIONS if has_role_permission(user, name)}
    seen = of_today(Case.objects.visible_to(user))
    return [replace(w, exposure=seen.get(w.pk, Exposure())) for w in people if kinds & w.permissions]


def by_category(people: Sequence[Worker], watched: bool) -> list[CategoryRow]:
    """Return the availability in each category, in the order of the form. Two queries.

    ``watched``: urgent reports should find somebody now.
    """
    rows = []
    for category in Category.objects.all():
        declared = DECLARED.get(category.slug)
        kinds = {"restricted": RESTRICTED} | ({} if declared and declared.restricted else {"ordinary": ORDINARY})
        found: dict[str, Any] = {"ordinary": None}
        for kind, permission in kinds.items():
            found[kind] = _available(category.slug, [w for w in people if permission in w.permissions], watched)
        rows.append(CategoryRow(category.name, **found))
    return rows


def _available(category: str, people: Sequence[Worker], watched: bool) -> Available:
    may = sum(category not in worker.opt_outs for worker in people)
    now = sum(worker.can_get(category) for worker in people)
    return Available(may, now, is_alarming=not may or (watched and not now))


LABELS: dict[str, Text] = {
    Tally.Kind.ORDINARY: _("ordinary cases"),
    Tally.Kind.RESTRICTED: _("cases restricted to child safety"),
    Tally.Kind.WITHHELD: _("cases restricted because of a conflict of interest"),
}


def nobody_may_take(people: Sequence[Worker], user: Account) -> dict[str, CountUpTo]:
    """Return expressions that count the open cases that none of ``people`` may take, by kind.

    Only kinds that a role lets ``user`` know of; numbers without references, because ``user`` may have left one of
    these cases because of a conflict of interest. A case from which a lead has excluded ``user`` is not counted.
    """
    excluded = Recusal.objects.filter(person=user.pk or 0, set_by__isnull=False).values("case")
    kinds, counts = (Tally.Kind.WITHHELD, Tally.Kind.RESTRICTED, Tally.Kind.ORDINARY), {}
    for kind, (cases, known, _led) in zip(kinds, KINDS, strict=True):
        if has_role_permission(user, known):
            able = {worker.pk for worker in people if known in worker.permissions}
            stuck = Case.objects.filter(cases, left_by_all(able), state__in=OPEN).exclude(pk__in=excluded)
            counts[str(kind)] = CountUpTo(stuck)
    return counts
