"""The routing rules: in order, the first one that matches a new report names its team.

A rule sees only what is stored in the open: category, age and region. The region is known only once a desk has read
the report, so a report gets its team by category and age when it arrives, and by region when it is indexed. Which
reports go to child safety is decided by ``priority.is_restricted``; no rule is asked about them.
"""

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from safetycenter import provinces
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
REGIONS = [("", _("any region")), *provinces.REGIONS.items()]
AGES = [("", _("any age")), (UNDER_18, _("under 18")), *BANDS.choices]


@dataclass(frozen=True)
class Rule:
    """One rule. An empty ``category``, ``age`` or ``region`` matches every report; ``age`` is a key of AGES."""

    team: str
    category: str = ""
    age: str = ""
    region: str = ""

    @property
    def bands(self) -> tuple[str, ...]:
        """The age bands that this rule matches."""
        return {"": tuple(BANDS.values), UNDER_18: MINORS}.get(self.age, (self.age,))

    def matches(self, category: str, band: str, region: str) -> bool:
        """Return whether the rule is about a report of this category, age band and region."""
        return self.category in ("", category) and band in self.bands and self.region in ("", region)

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

    @property
    def name_a_region(self) -> bool:
        """Whether any rule is about a region."""
        return any(rule.region for rule in self.rules)

    def team_for(self, category: str, band: str, region: str = "") -> str:
        """Return the key of the team, or "" for none."""
        return next((rule.team for rule in self.rules if rule.matches(category, band, region)), self.fallback)

    def as_json(self) -> list[dict]:
        """Return the rules as ``RoutingTable.rules`` stores them; an empty region is left out, as 0.1.0 wrote it."""
        return [{key: value for key, value in asdict(rule).items() if key != "region" or value} for rule in self.rules]

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
        team = current().team_for(case.category_id, case.age_band, case.region)
        if team and team not in active_teams():
            raise LookupError(team)
    except Exception as error:  # whatever is wrong with the rules
        log.error("a routing rule failed; the report has no team", extra={"facts": {"error": type(error).__name__}})
        return {"routing_failed": True}
    case.team_id = team or None
    return {"team": team} if team else {}


def route_again(case: Case) -> dict:
    """Give the case the team of the rules, unless a person has chosen one; return facts for the audit log."""
    if case.events.filter(action="route").exists():
        return {}
    before = case.team_id or ""
    facts, after = route_new(case), case.team_id or ""
    return facts if before == after else facts | {"team": after, "team_before": before}


def gets_another_team(case: Case) -> bool:
    """Return whether the rules name another team than that of the case, now that its region is known."""
    if case.restricted or case.withheld:
        return False
    try:
        rules = current()
    except (TypeError, ValueError, KeyError) as error:  # a damaged table must not keep the case out of the indexes
        log.error("the routing rules cannot be read", extra={"facts": {"error": type(error).__name__}})
        return False
    return rules.name_a_region and rules.team_for(case.category_id, case.age_band, case.region) != (case.team_id or "")


def failing(rules: Rules) -> Iterable[str]:
    """Return the keys of the teams that ``rules`` name and that are not in use: their reports get no team."""
    return sorted(rules.teams() - set(active_teams()))
