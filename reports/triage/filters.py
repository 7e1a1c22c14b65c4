"""The filters of the queue: tier, category, language, platform and team, as the address of the page names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from safetycenter.memory import cached_for_seconds

from ..deadlines import FIRST_REVIEW
from ..models.case_queryset import CaseQuerySet
from ..models.category import Category
from ..questions.core import PLATFORM
from ..routing.rules import team_names

NAMES = ("tier", "category", "language", "platform", "team")
NO_TEAM = "-"


@dataclass(frozen=True)
class Option:
    """One value of a filter. ``without`` is the query of the page without this value."""

    value: str
    label: str
    is_chosen: bool
    without: str


class QueueFilter:
    """The values that the address of a page chooses for each filter; unknown values are ignored.

    ``fixed`` are the other parameters that each link keeps, such as the view.
    """

    def __init__(self, query: QueryDict, fixed: dict[str, str]) -> None:
        self._fixed = fixed
        known = {name: {value for value, _label in options} for name, options in self._options.items()}
        asked = {name: dict.fromkeys(query.getlist(name)) for name in NAMES}
        self.chosen = {name: [value for value in asked[name] if value in known[name]] for name in NAMES}

    @cached_property
    def _options(self) -> dict[str, list[tuple[str, str]]]:
        return {
            "tier": [(str(tier), f"P{tier}") for tier in FIRST_REVIEW],
            "category": category_names(),
            "language": [(code, str(label)) for code, label in settings.LANGUAGES],
            "platform": [(choice.key, str(choice.label)) for choice in PLATFORM.choices],
            "team": [(NO_TEAM, _("no team")), *teams.items()] if (teams := team_names()) else [],
        }

    @property
    def is_active(self) -> bool:
        """Whether any value is chosen."""
        return any(self.chosen.values())

    def apply(self, cases: CaseQuerySet) -> CaseQuerySet:
        """Return those of ``cases`` that have one of the chosen values of each filter."""
        teams = self.chosen["team"]
        if NO_TEAM in teams:
            cases = cases.filter(Q(team=None) | Q(team__in=teams))
        values = {name: values for name, values in self.chosen.items() if values and NO_TEAM not in values}
        return cases.filter(**{f"{name}__in": chosen for name, chosen in values.items()})

    @property
    def query(self) -> str:
        """The parameters of this page without its place: ``show=mine&tier=0&tier=1``."""
        return self._query(self.chosen)

    @property
    def query_without_filters(self) -> str:
        """The parameters of the same view with all cases."""
        return urlencode(self._fixed)

    def menus(self) -> list[tuple[str, str, list[Option]]]:
        """Return name, label and options of each filter."""
        labels = {
            "tier": _("Priority"),
            "category": _("Category"),
            "language": _("Language"),
            "platform": _("Platform"),
            "team": _("Team"),
        }
        return [(name, labels[name], list(self._menu(name))) for name in NAMES if self._options[name]]

    def chips(self) -> list[tuple[str, Option]]:
        """Return each chosen value with the label of its filter."""
        return [(label, option) for _name, label, options in self.menus() for option in options if option.is_chosen]

    def _menu(self, name: str) -> Iterator[Option]:
        for value, label in self._options[name]:
            rest = [other for other in self.chosen[name] if other != value]
            yield Option(value, label, value in self.chosen[name], self._query(self.chosen | {name: rest}))

    def _query(self, chosen: dict[str, list[str]]) -> str:
        return urlencode({**self._fixed, **chosen}, doseq=True)


@cached_for_seconds
def category_names() -> list[tuple[str, str]]:
    """Return key and name of each category, in the order of the form; a change takes seconds to reach this list."""
    return [(category.pk, category.name) for category in Category.objects.all()]
