"""The figures of the desk for one person, read from the counters: a bounded number of rows, however many cases.

Everybody sees only the kinds of cases that their roles let them know of.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Sum, When
from django.utils import timezone

from safetycenter.days import beginning_of
from safetycenter.roles import Account, has_role_permission

from ..deadlines import FIRST_REVIEW
from ..models.bounded_count import CountUpTo
from ..models.case import Case
from ..models.case_queryset import LEADS
from ..models.state import FREE, State
from ..models.tally import Tally
from ..roles import KIND_PERMISSIONS
from .counting import WAITING, local_day
from .flows import OPENINGS, M
from .parts import Backlog, Load, Times
from .rates import Share

DAYS = 30
LOAD_DAYS = 7
TIERS = tuple(FIRST_REVIEW)
TIMES = (M.FIRST_LOOK, M.FIRST_WORD)
# Who must act next, by state.
_DESK, _PERSON, _REPORTER, _LEAD, _AGENCY, _END = "desk", "person", "reporter", "lead", "agency", "end"
NEXT = {
    **dict.fromkeys((*FREE, State.QUARANTINED), _DESK),
    State.IN_PROGRESS: _PERSON,
    State.WAITING_REPORTER: _REPORTER,
    State.ESCALATED: _LEAD,
    State.REFERRED: _AGENCY,
    State.RESOLVED: _END,
}


def may_open(user: Account) -> bool:
    """Return whether ``user`` leads cases of some kind: supervisors, child safety and independent leads."""
    return any(has_role_permission(user, permission) for permission in LEADS)


def kinds_known_to(user: Account) -> list[str]:
    """Return the kinds of cases that ``user`` may know of."""
    pairs = zip(Tally.Kind.values, KIND_PERMISSIONS, strict=True)
    return [kind for kind, permission in pairs if has_role_permission(user, permission)]


class Desk:
    """The figures that ``user`` may see, as of now."""

    def __init__(self, user: Account) -> None:
        self.now, self.kinds = timezone.now(), kinds_known_to(user)
        self.today = local_day(self.now)
        self.days = [self.today - timedelta(days=back) for back in reversed(range(DAYS))]
        self._user, self._cases = user, Case.objects.visible_to(user)

    @cached_property
    def states(self) -> Counter:
        """The number of cases in each state."""
        rows = self._of(M.STOCK).values_list("value").annotate(n=Sum("number")).order_by()
        return Counter({state: n for state, n in rows if n})

    @cached_property
    def waiting_for(self) -> Counter:
        """The number of cases by who must act next."""
        found: Counter = Counter(dict.fromkeys(NEXT.values(), 0))
        for state, n in self.states.items():
            if state in NEXT:
                found[NEXT[State(state)]] += n
        return found

    @cached_property
    def backlog(self) -> list[Backlog]:
        """The waiting cases of each tier, by age."""
        rows = self._of(M.WAITING).values_list("tier", "day", "slot").annotate(n=Sum("number")).order_by()
        ages: dict[int, list] = {tier: [] for tier in TIERS}
        for tier, day, slot, n in rows:
            if n > 0:
                ages[tier].append((max(timedelta(), self.now - _arrival(day, slot)), n))
        late = self._late()
        return [Backlog(tier, sorted(ages[tier]), late.get(tier, 0)) for tier in TIERS]

    def _late(self) -> dict[int, int]:
        """Return the number of late waiting cases by tier, each up to MAX_COUNT, from the index of late cases."""
        late = self._cases.filter(state__in=WAITING).late()
        counts: Any = {f"p{tier}": CountUpTo(late.filter(tier=tier)) for tier in TIERS}
        found: Any = User.objects.filter(pk=self._user.pk or 0).values(**counts).get()
        return {tier: found[f"p{tier}"] for tier in TIERS}

    @cached_property
    def _flows(self) -> dict[str, list[tuple]]:
        """The sums of these days by measure: day (None for TIMES), tier, value, slot and number."""
        wanted = (M.RECEIVED, M.DONE, M.PROMISED, M.KEPT, M.LATE, M.REOPENED, M.OBJECTION, M.REVIEWED, *TIMES)
        rows = self._of(*wanted).filter(day__gte=self.days[0], day__lte=self.today)
        # Of times only their spread over all these days is shown: without the day, the database returns a twentieth.
        day = When(measure__in=TIMES, then=None)
        rows = rows.annotate(shown_day=models.Case(day, default=F("day"), output_field=models.DateField()))
        sums = rows.values_list("measure", "shown_day", "tier", "value", "slot").annotate(n=Sum("number")).order_by()
        found: dict[str, list] = {measure: [] for measure in wanted}
        for measure, *row in sums:
            found[measure].append(tuple(row))
        return found

    def sum(self, measure: str, value: str | None = None) -> int:
        """Return the sum of a measure in these days, or of one ``value`` of it."""
        return sum(n for _day, _tier, name, _slot, n in self._flows[measure] if value in (None, name))

    @cached_property
    def per_day(self) -> list[tuple[date, int, int]]:
        """For each day: how many cases came, and how many were done."""
        came, done = self._by_day(M.RECEIVED), self._by_day(M.DONE)
        return [(day, came[day], done[day]) for day in self.days]

    def _by_day(self, measure: str) -> Counter:
        found: Counter = Counter()
        for day, _tier, _value, _slot, n in self._flows[measure]:
            found[day] += n
        return found

    @cached_property
    def promises(self) -> list[tuple[int, Share, int]]:
        """For each tier: the promises kept of those that were due before today, and how many were looked at late."""
        kept, promised, late = (self._due_by_tier(measure) for measure in (M.KEPT, M.PROMISED, M.LATE))
        return [(tier, Share(kept[tier], promised[tier]), late[tier]) for tier in TIERS]

    def _due_by_tier(self, measure: str) -> Counter:
        found: Counter = Counter()
        for day, tier, _value, _slot, n in self._flows[measure]:
            found[tier] += n if day < self.today else 0
        return found

    @cached_property
    def first_looks(self) -> list[Times]:
        """The time to the first look in each tier."""
        return self._times(M.FIRST_LOOK)

    @cached_property
    def first_words(self) -> list[Times]:
        """The time to the first message in each tier."""
        return self._times(M.FIRST_WORD)

    def _times(self, measure: str) -> list[Times]:
        found: dict[int, Counter] = {tier: Counter() for tier in TIERS}
        for _day, tier, _value, slot, n in self._flows[measure]:
            found[tier][slot] += n
        return [Times(tier, dict(counts)) for tier, counts in found.items()]

    @property
    def reopened(self) -> Share:
        """The cases done in these days that were opened again."""
        return Share(self.sum(M.REOPENED), self.sum(M.DONE))

    @property
    def upheld(self) -> Share:
        """The objections to a closed case after which it was closed with another outcome."""
        changed = self.sum(M.REVIEWED, value="changed")
        return Share(changed, changed + self.sum(M.REVIEWED, value="same"))

    @cached_property
    def load(self) -> list[Load]:
        """What each person has now and opened in the last days, by name."""
        people = {pk: Load(name) for pk, name in self._names()}
        for pk, n in self._of(M.HELD).values_list("person").annotate(n=Sum("number")).order_by():
            people[pk].now = n
        for pk, day, what, n in self._openings():
            people[pk].week[what] += n
            people[pk].today[what] += n if day == self.today else 0
        kept = [person for person in people.values() if person.now or person.week]
        return sorted(kept, key=lambda person: person.name.casefold())

    def _openings(self) -> Iterable[tuple]:
        rows = self._of(M.OPENED).filter(day__gt=self.today - timedelta(days=LOAD_DAYS), value__in=OPENINGS.values())
        return rows.values_list("person", "day", "value").annotate(n=Sum("number")).order_by()

    def _names(self) -> Iterable[tuple[int, str]]:
        return User.objects.filter(is_staff=True).values_list("pk", "username")

    def _of(self, *measures: str) -> Any:
        return Tally.objects.filter(measure__in=measures, kind__in=self.kinds)


def _arrival(day: date, slot: int | None) -> datetime:
    """Return when a case arrived, to the quarter of an hour or, after some days, to the day: the middle of it."""
    begin = beginning_of(day)
    return begin + (timedelta(hours=12) if slot is None else timedelta(minutes=15 * slot + 7.5))
