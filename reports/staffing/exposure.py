"""What each person had to look at today, counted from the audit log: stories, conversations, pictures (rule H24).

The story and the conversation of a case count once a day, however often somebody opens it. Of files each page counts
once: the first when the file is opened (grey and blurred, or a text), each further one when it is uncovered. Nothing
else is kept about it. The event of an opened page says whether it had the story and messages of the reporter in it
(``shown``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from safetycenter.days import beginning_of
from safetycenter.roles import Account

from ..models.care import DeskSettings
from ..models.case_queryset import CaseQuerySet
from ..models.event import Event
from ..models.message import Message
from ..models.team import Team

PAGES, FILES = ("viewed", "second_look"), ("file_opened", "revealed")
_COUNTED = {
    "stories": Q(action__in=PAGES, facts__story=True),
    "threads": Q(action__in=PAGES, facts__thread=True),
    "pictures": Q(action__in=FILES),
}
_PAGE: Any = Coalesce(Cast(KeyTextTransform("page", "facts"), CharField()), Value("1"))
_UNITS: dict[str, Any] = {  # what counts once; the number of a file is unique, also among cases
    "stories": F("case"),
    "threads": F("case"),
    "pictures": Concat(KeyTextTransform("file", "facts"), Value("/"), _PAGE, output_field=CharField()),
}


@dataclass(frozen=True)
class Exposure:
    """How many stories, conversations and pictures (pages of files) one person opened today."""

    stories: int = 0
    threads: int = 0
    pictures: int = 0

    def is_within(self, limits: DeskSettings) -> bool:
        """Return whether no limit is reached."""
        return all(getattr(self, kind) < getattr(limits, kind) for kind in _COUNTED)


def of_today(cases: CaseQuerySet | None = None) -> dict[int, Exposure]:
    """Return the exposure of each person who opened something today, by their id; with ``cases``, of these only."""
    events = Event.objects.filter(by__isnull=False, at__gte=day_began(), action__in=(*PAGES, *FILES))
    if cases is not None:
        events = events.filter(case__in=cases.order_by().values("pk"))
    counts: Any = {kind: _number(kind, filter=condition) for kind, condition in _COUNTED.items()}
    rows = events.order_by().values_list("by").annotate(**counts)
    return {person: Exposure(*numbers) for person, *numbers in rows}


@dataclass(frozen=True)
class OwnDay:
    """What one person read today, the limits, and what else decides which cases they get first."""

    exposure: Exposure
    limits: DeskSettings
    opt_outs: frozenset[str]  # categories of which they chose to get no cases
    has_team: bool

    @classmethod
    def of(cls, user: Account) -> "OwnDay":
        """Read it, in one query."""
        events = Event.objects.filter(by=OuterRef("pk"), at__gte=day_began()).order_by()
        teams = Team.objects.filter(members=OuterRef("pk"), active=True)
        wanted: Any = {"category": F("opt_outs__category"), "has_team": Exists(teams)}
        for kind, condition in _COUNTED.items():
            counted = events.filter(condition).values("by").annotate(n=_number(kind)).values("n")
            wanted[f"n_{kind}"] = Coalesce(Subquery(counted), 0)
            wanted[f"most_{kind}"] = Subquery(DeskSettings.objects.order_by("pk").values(kind)[:1])
        rows: Any = list(User.objects.filter(pk=user.pk or 0).values(**wanted))
        first = rows[0] if rows else {}
        numbers = {kind: first.get(f"n_{kind}", 0) for kind in _COUNTED}
        limits = {kind: first[f"most_{kind}"] for kind in _COUNTED if first.get(f"most_{kind}")}
        chosen = frozenset(row["category"] for row in rows if row["category"])
        return cls(Exposure(**numbers), DeskSettings(**limits), chosen, first.get("has_team", False))

    @property
    def is_within_limits(self) -> bool:
        """Whether no limit is reached."""
        return self.exposure.is_within(self.limits)


def _number(kind: str, **only: Any) -> Count:
    return Count(_UNITS[kind], distinct=True, **only)


def day_began() -> datetime:
    """Return when today began, in the time zone of the site."""
    return beginning_of(timezone.localdate())


def with_thread(cases: CaseQuerySet) -> CaseQuerySet:
    """Return ``cases``, each with ``has_thread``: whether the reporter wrote after the report."""
    written = Message.objects.filter(case=OuterRef("pk"), side=Message.Side.REPORTER)
    return cases.annotate(has_thread=Exists(written))


def shown(case: Any, reads_words: bool) -> dict[str, bool]:
    """Return the facts for the event of an opened page; ``case`` is from ``with_thread``."""
    said: Iterable[str] = ("story", "thread") if case.has_thread else ("story",)
    return dict.fromkeys(said, True) if reads_words else {}
