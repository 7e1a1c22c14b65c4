"""The routing rules: in order, the first one that matches a new report names its team.

A rule sees only what is stored in the open, category and age. Which reports go to child safety is decided by
``priority.is_restricted``; no rule is asked about them. The province of a report is no condition: the form asks for it
only in a category of child safety.
"""

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from safetycenter.memory import cached_for_seconds

from .. import priority
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.team import RoutingTable, Team

log = logging.getLogger(__name__)
MAX_RULES = 50
BANDS = Case.AgeBand
MINORS = (BANDS.UNDER_13, BANDS.TEEN, BANDS.OLDER_TEEN)
UNDER_18 = "under_18"
AGES = [("", _("any age")), (UNDER_18, _("under 18")), *BANDS.choices]


@dataclass(frozen=True)
class Rule:
    """One rule. An empty ``category`` or ``age`` matches every report; ``age`` is a key of AGES."""

    team: str
    category: str = ""
    age: str = ""

    @property
    def bands(self) -> tuple[str, ...]:
        """The age bands that this rule matches."""
        return {"": tuple(BANDS.values), UNDER_18: MINORS}.get(self.age, (self.age,))

    def matches(self, category: str, band: str) -> bool:
        """Return whether the rule is about a report of this category and age band."""
        return self.category in ("", category) and band in self.bands

    @property
    def is_for_child_safety(self) -> bool:
        """Whether every report that the rule could match goes to child safety, so that the rule can never apply."""
        return bool(self.category) and all(
            priority.is_restricted({"category": self.category, "age": band}) for band in self.bands
        )


@dataclass(frozen=True)
class Rules:
    """A routing table: the rules in order, and the team of the reports that none of them matches; "" is no team."""

    rules: tuple[Rule, ...] = ()
    fallback: str = ""

    @classmethod
    def of(cls, row: RoutingTable | None) -> "Rules":
        """Read a stored table; None is a table without rules. Raises TypeError for a damaged one."""
        if row is None:
            return cls()
        return cls(tuple(Rule(**rule) for rule in row.rules[:MAX_RULES]), row.fallback_id or "")

    def team_for(self, category: str, band: str) -> str:
        """Return the key of the team, or "" for none."""
        return next((rule.team for rule in self.rules if rule.matches(category, band)), self.fallback)

    def as_json(self) -> list[dict]:
        """Return the rules as ``RoutingTable.rules`` stores them."""
        return [asdict(rule) for rule in self.rules]

    def teams(self) -> set[str]:
        """Return the keys of all teams that the table names."""
        return {rule.team for rule in self.rules} | ({self.fallback} if self.fallback else set())


@cached_for_seconds
def current() -> Rules:
    """Return the rules in force."""
    return Rules.of(RoutingTable.objects.order_by("pk").last())


@cached_for_seconds
def team_names() -> dict[str, str]:
    """Return the name of each team by its key."""
    return {team.key: team.name for team in Team.objects.all()}


@cached_for_seconds
def active_teams() -> dict[str, str]:
    """Return the name of each team in use by its key."""
    return {team.key: team.name for team in Team.objects.filter(active=True)}


def with_teams(cases: CaseQuerySet) -> CaseQuerySet:
    """Return ``cases``, each with the result of ``has_teams``."""
    return cases.annotate(has_teams=Exists(Team.objects.filter(active=True)))


def has_teams(case: Case) -> bool:
    """Return whether any team is in use. A case that was read ``with_teams`` brings the answer along."""
    return case.has_teams if hasattr(case, "has_teams") else bool(active_teams())


def route_new(case: Case) -> dict:
    """Set the team of a report and return facts for the audit log. For a new one, call it before the transaction.

    Never raises: a report must not be lost, nor wait, because of a rule. If a rule fails, the report gets no team, and
    the record of the case, the log and the page of the rules say so.
    """
    if case.restricted or case.withheld:
        return {}
    try:
        team = current().team_for(case.category_id, case.age_band)
        if team and team not in active_teams():
            raise LookupError(team)
    except Exception as error:  # whatever is wrong with the rules
        log.error("a routing rule failed; the report has no team", extra={"facts": {"error": type(error).__name__}})
        return {"routing_failed": True}
    case.team_id = team or None
    return {"team": team} if team else {}


def failing(rules: Rules) -> Iterable[str]:
    """Return the keys of the teams that ``rules`` name and that are not in use: their reports get no team."""
    return sorted(rules.teams() - set(active_teams()))
