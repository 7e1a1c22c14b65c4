"""The published quarters as pages and files show them; ``settings.PUBLIC_FIGURES`` names ``quarters``."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import StringIO
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.case import Case
from ..models.category import Category
from ..models.state import Outcome
from ..models.tally import FigureCorrection, QuarterFigures
from .quarter import Quarter
from .rates import FEWEST

NUMBER_LABELS = {
    "received": gettext_lazy("Reports received"),
    "answered": gettext_lazy("Reports that got a first message from us"),
    "resolved": gettext_lazy("Reports resolved"),
    "closed": gettext_lazy("Reports closed"),
    "reopened": gettext_lazy("Resolved reports that were opened again"),
    "withdrawn": gettext_lazy("Requests to withdraw a report"),
    "objections": gettext_lazy("Requests that another person look at the report"),
    "erased": gettext_lazy("Reports erased"),
}
DEMAND_LABELS = {
    "demands": gettext_lazy("Demands by police, courts or other authorities for something about a report"),
    "handed_out": gettext_lazy("Of these, demands after which something was handed out"),
}
OUTCOME_LABELS = dict(Outcome.choices)
TABLES = {
    "groups": (gettext_lazy("What the reports were about"), dict(Category.Group.choices)),
    "ages": (gettext_lazy("Age of the person affected"), dict(Case.AgeBand.choices)),
    "tiers": (
        gettext_lazy("How urgent they were"),
        {
            "0": gettext_lazy("P0: look within 1 hour"),
            "1": gettext_lazy("P1: within 4 hours"),
            "2": gettext_lazy("P2: within 24 hours"),
            "3": gettext_lazy("P3: within 3 days"),
            "4": gettext_lazy("P4: within 7 days"),
        },
    ),
    "outcomes": (gettext_lazy("How closed reports ended"), OUTCOME_LABELS),
}


@dataclass(frozen=True)
class Section:
    """One table of the page: title, heads of the columns and rows of text."""

    title: str
    heads: list[str]
    rows: list[list[str]]


class PublishedQuarter:
    """One published quarter in the active language."""

    def __init__(self, row: QuarterFigures) -> None:
        self.row, self.quarter, self.figures = row, Quarter(row.year, row.quarter), row.figures
        self.corrections: list[FigureCorrection] = list(row.corrections.all())

    @property
    def name(self) -> str:
        """The months, such as ``July–September 2026``."""
        first, last = (date_format(day, "F") for day in (self.quarter.begin, self.quarter.end))
        return f"{first}–{last} {self.row.year}"

    @property
    def published_on(self) -> date:
        """The day of publication."""
        return self.row.published_at.date()

    @property
    def counted_later_until(self) -> date | None:
        """Until when the quarter was counted from the audit log afterwards; None if it was not."""
        return parse_date(self.figures["counted_later_until"])

    @property
    def is_totals_only(self) -> bool:
        """Whether too few reports arrived for tables."""
        return bool(self.figures["only_totals"])

    @cached_property
    def sections(self) -> list[Section]:
        """The tables of the page."""
        numbers = [[str(NUMBER_LABELS[name]), _number(n)] for name, n in self.figures["numbers"].items()]
        numbers.append(
            [
                _("Besides these: reports that only the child safety team or an independent person may know of"),
                _number(self.figures["restricted"]),
            ]
        )
        numbers += [[str(DEMAND_LABELS[name]), _number(n)] for name, n in self.figures.get("demands", {}).items()]
        found = [Section(_("In numbers"), [_("What"), _("How many")], numbers)]
        tables = self.figures.get("tables", {})
        for name in (name for name in TABLES if name in tables):
            title, labels = TABLES[name]
            rows = [[str(labels.get(key, key)), _cell(n)] for key, n in tables[name].items()]
            found.append(Section(str(title), [_("What"), _("How many")], rows))
        if "promises" in self.figures:
            heads = [_("How urgent"), _("Promised"), _("Kept"), _("Interval (95 %)")]
            labels = TABLES["tiers"][1]
            rows = [[str(labels[tier]), *_promise(kept)] for tier, kept in self.figures["promises"].items()]
            found.append(Section(_("Promises kept: the first look in time"), heads, rows))
        return found

    def as_json(self) -> dict[str, Any]:
        """Return the figures as they were stored, and the corrections."""
        corrections = [{"date": row.made_on.isoformat(), **_texts(row)} for row in self.corrections]
        head = {"quarter": str(self.row), "from": str(self.quarter.begin), "to": str(self.quarter.end)}
        return head | {"published": self.published_on.isoformat()} | self.figures | {"corrections": corrections}

    def as_csv(self) -> str:
        """Return the figures as lines of quarter, table, row and number; an empty number is not shown."""
        out = StringIO()
        lines = csv.writer(out, lineterminator="\r\n")
        lines.writerow(["quarter", "table", "row", "value"])
        lines.writerows([str(self.row), *line] for line in self._lines())
        return out.getvalue()

    def _lines(self) -> Iterator[tuple[str, str, Any]]:
        for name, n in self.figures["numbers"].items():
            yield "numbers", name, _plain(n)
        yield "numbers", "restricted", _plain(self.figures["restricted"])
        for name, n in self.figures.get("demands", {}).items():
            yield "numbers", name, _plain(n)
        for name, rows in self.figures.get("tables", {}).items():
            for key, n in rows.items():
                yield name, key, _plain(n)
        for tier, kept in self.figures.get("promises", {}).items():
            yield "promised", tier, kept["promised"] if kept else ""
            yield "kept_percent", tier, kept["kept_percent"] if kept else ""
        for row in self.corrections:
            yield "correction", row.made_on.isoformat(), _texts(row)["en"]


def quarters() -> list[PublishedQuarter]:
    """Return the published quarters, the latest first."""
    return [PublishedQuarter(row) for row in QuarterFigures.objects.prefetch_related("corrections")]


def _texts(row: FigureCorrection) -> dict[str, str]:
    return {"id": row.text_ind, "en": row.text_en}  # type: ignore[attr-defined]


def _plain(number: int | None) -> Any:
    return "" if number is None else number


def _number(number: int | None) -> str:
    return _("fewer than 5") if number is None else _("about %(n)d") % {"n": number}


def _cell(number: int | None) -> str:
    return _("not shown") if number is None else _("about %(n)d") % {"n": number}


def _promise(kept: dict[str, Any] | None) -> list[str]:
    if kept is None:
        return [_("fewer than %(n)d, or not shown: no share") % {"n": FEWEST}, "–", "–"]
    low, high = kept["interval"]
    return [_("about %(n)d") % {"n": kept["promised"]}, f"{kept['kept_percent']} %", f"{low}–{high} %"]
