"""The desk with few and with many made-up cases: how much slower each page gets, next to django-helpdesk.

Two whole sites run at the same time, each on a separate PostgreSQL server, behind the gunicorn of the site. Their
pages are asked for in turns. ``N=1000000`` measures with more cases, ``FEW=100 N=300`` is quick; below 50,000 cases
PostgreSQL may rightly read a whole table.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from statistics import median
from typing import NamedTuple

from tests import with_postgres

from . import load
from .browser import Browser, token
from .cases import NEXT, QUEUE, READERS
from .helpdesk_site import Helpdesk, helpdesk, table_of
from .table import Row, at_most, ratios, spread, stated

FEW, MANY = int(os.environ.get("FEW") or 1000), int(os.environ.get("N") or 100_000)
ROUNDS, VISITS = 5, 5
MOST_GROWTH, MOST_QUERIES = 1.3, 12
PLANNED = 50_000  # cases from which the plans must use an index


class Desk(NamedTuple):
    """A running site full of cases: its facts, and a browser of each role."""

    facts: dict
    people: dict[str, Browser]


def run() -> list[Row]:
    """Return the rows: growth from FEW to MANY cases, the lowest and highest of five rounds, queries and plans."""
    with ExitStack() as running:
        sites = [_site(running, count) for count in (FEW, MANY)]
        (few, less), (many, more) = sites
        ours = {name: _growth(*pair) for name, pair in _pairs(few, many)}
        theirs = {
            "list": _growth(lambda: _list(less), lambda: _list(more)),
            "dashboard": _growth(lambda: less.staff.get("/dashboard/"), lambda: more.staff.get("/dashboard/")),
        }
        return [*_growths(ours, theirs), *_beside(ours, theirs), *_plans(many.facts)]


def _site(running: ExitStack, count: int) -> tuple[Desk, Helpdesk]:
    url = running.enter_context(with_postgres.server())
    site = load.site(running.enter_context(tempfile.TemporaryDirectory()), {"DATABASE_URL": url})
    facts = load.inside(site, "tools.bench.cases", str(count))
    server = running.enter_context(load.gunicorn("safetycenter.wsgi", site))
    people = {role: Browser(server.port, {facts["cookie"]: one["session"]}) for role, one in facts["roles"].items()}
    return Desk(facts, people), running.enter_context(helpdesk(url, count))


def _pairs(few: Desk, many: Desk) -> Iterator[tuple[str, tuple[Callable, Callable]]]:
    """Yield the name of each page of each role, and the two visits to compare."""
    for role, facts in many.facts["roles"].items():
        for name, path in facts["pages"].items():
            small = few.facts["roles"][role]["pages"].get(name)
            if small:
                yield f"{name} ({role})", (_visit(few, role, small), _visit(many, role, path))
    for role in READERS:
        yield f"taking the next case ({role})", (_take(few, role), _take(many, role))


def _visit(desk: Desk, role: str, path: str) -> Callable:
    return lambda: desk.people[role].get(path)


def _take(desk: Desk, role: str) -> Callable:
    browser = desk.people[role]
    form = browser.get(QUEUE)
    return lambda: browser.post(NEXT, token(form))


def _list(theirs: Helpdesk) -> None:
    """Read the list of tickets as a browser does: the page, then its first rows."""
    theirs.staff.get(table_of(theirs.staff.get("/tickets/")))


class Growth(NamedTuple):
    """The seconds of one page with few and with many rows, one of each for each round."""

    few: list[float]
    many: list[float]

    @property
    def ratios(self) -> list[float]:
        """How much slower the page is with many rows, in each round."""
        return ratios(self.many, self.few)


def _growth(few: Callable, many: Callable) -> Growth:
    few(), many()  # connections and templates are warm from here on
    rounds = [(_seconds(few), _seconds(many)) for _number in range(ROUNDS)]
    return Growth(*map(list, zip(*rounds, strict=True)))


def _seconds(visit: Callable) -> float:
    taken = []
    for _visit_number in range(VISITS):
        begun = time.perf_counter()
        visit()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def _growths(ours: dict[str, Growth], theirs: dict[str, Growth]) -> Iterator[Row]:
    for name, growth in ours.items():
        yield spread(f"{name}: {MANY} / {FEW} cases", growth.ratios, at_most=MOST_GROWTH)
    for name, growth in theirs.items():
        low, high = min(growth.ratios), max(growth.ratios)
        yield stated(f"django-helpdesk's {name}", f"{median(growth.ratios):.2f} ({low:.2f}–{high:.2f})")


def _beside(ours: dict[str, Growth], theirs: dict[str, Growth]) -> Iterator[Row]:
    """Yield how long the slowest page of each kind takes as a part of django-helpdesk's, with few and many cases."""
    compared = {"view": "list", "deep": "list", "first page": "dashboard"}
    for start, name in compared.items():
        for size, number in (("few", FEW), ("many", MANY)):
            slowest = max(median(getattr(one, size)) for page, one in ours.items() if page.startswith(start))
            other = median(getattr(theirs[name], size))
            yield stated(f"slowest {start} / their {name}, {number}", f"{slowest / other:.2f}")


def _plans(facts: dict) -> Iterator[Row]:
    yield at_most("queries of the dearest page, every view and role", facts["most"], MOST_QUERIES)
    found = len(facts["sequential"])
    if MANY < PLANNED:
        yield stated(f"pages that read all {MANY} cases (a bar from {PLANNED} on)", str(found))
    else:
        yield at_most(f"pages with a plan that reads all cases {facts['sequential'][:3]}", found, 0)
