"""The desk with few and with many made-up cases: how much slower each page gets, next to django-helpdesk.

Two whole sites run at the same time, each on a separate PostgreSQL server, behind the gunicorn of the site. Their
pages are asked for in turns: 1,000 cases, and one after the other 100,000 and 1,000,000 (2 % of them open) and 100,000
that are all open. The first thousand are the same kind of cases everywhere, the others are copied by SQL
(``copies.py``). ``N=100000`` measures that size only, ``N=100000 OPEN=100`` that size with all cases open, and
``FEW=100 N=300`` is quick. django-helpdesk is measured once, beside the first size, and not with more than 100,000.
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
from .desk_pages import BIG, NEXT, QUEUE
from .helpdesk_site import Helpdesk, helpdesk, table_of
from .table import Row, at_most, ratios, spread, stated

FEW = int(os.environ.get("FEW") or 1000)
OPEN_IN_100 = 2
SIZES = [(100_000, OPEN_IN_100), (1_000_000, OPEN_IN_100), (100_000, 100)]  # cases, and how many of 100 are open
ROUNDS, VISITS = 5, 3
MOST_GROWTH, MOST_QUERIES = 1.3, 12
MOST_TICKETS = 100_000  # of django-helpdesk, whose dashboard takes seconds there
# Minutes without a page until a desk locks: a person of the bench waits while the pages of the others are measured.
NEVER_LOCKED = "240"
TAKERS = ("moderator", "child-safety", "supervisor")


class Desk(NamedTuple):
    """A running site full of cases: its facts, and a browser of each role."""

    facts: dict
    people: dict[str, Browser]


def run() -> Iterator[Row]:
    """Yield the rows of each size: growth from FEW cases, the lowest and highest of five rounds, queries and plans."""
    only = [(int(os.environ.get("N") or 0), int(os.environ.get("OPEN") or OPEN_IN_100))]
    with ExitStack() as running:
        few, less = _site(running, FEW), None
        for count, open_in_100 in only if os.environ.get("N") else SIZES:
            with ExitStack() as of_this_size:
                many = _site(of_this_size, count, count * open_in_100 // 100)
                ours = {name: _growth(*pair) for name, pair in _pairs(few, many)}
                yield from _growths(ours, f"{count} cases, {open_in_100} % open")
                yield from _plans(many.facts, count)
                if less is None and count <= MOST_TICKETS:
                    less = running.enter_context(_helpdesk(running, FEW))
                    yield from _beside(ours, less, of_this_size.enter_context(_helpdesk(of_this_size, count)), count)


def _site(running: ExitStack, *numbers: int) -> Desk:
    """Start a site with ``numbers``: how many cases, and how many of them are open."""
    url = running.enter_context(with_postgres.server())
    site = load.site(
        running.enter_context(tempfile.TemporaryDirectory()), {"DATABASE_URL": url, "STAFF_IDLE_MINUTES": NEVER_LOCKED}
    )
    facts = load.inside(site, "tools.bench.cases", *map(str, numbers))
    server = running.enter_context(load.gunicorn("tools.bench.desk_site", site))
    people = {role: Browser(server.port, {facts["cookie"]: one["session"]}) for role, one in facts["roles"].items()}
    return Desk(facts, people)


def _helpdesk(running: ExitStack, count: int):
    return helpdesk(running.enter_context(with_postgres.server()), count)


def _pairs(few: Desk, many: Desk) -> Iterator[tuple[str, tuple[Callable, Callable]]]:
    """Yield the name of each page of each role, and the two visits to compare. Actions are pages of one case."""
    for role, facts in few.facts["roles"].items():
        there = many.facts["roles"][role]["pages"]
        for name, path in facts["pages"].items():
            if name in there and not name.startswith("action "):
                rows = str(facts["rows"].get(name, ""))
                yield f"{name} ({role})", (_visit(few, role, path, rows), _visit(many, role, there[name], rows))
    for role in TAKERS:
        yield f"taking the next case ({role})", (_take(few, role), _take(many, role))


def _visit(desk: Desk, role: str, path: str, rows: str) -> Callable:
    return lambda: desk.people[role].get(path, **{"X-Bench-Rows": rows})


def _take(desk: Desk, role: str) -> Callable:
    browser = desk.people[role]
    form = browser.get(QUEUE)
    return lambda: browser.post(NEXT, token(form))


def _list(theirs: Helpdesk) -> None:
    """Read the list of tickets as a browser does: the page, then its first rows."""
    theirs.staff.get(table_of(theirs.staff.get("/tickets/")))


def _dashboard(theirs: Helpdesk) -> None:
    theirs.staff.get("/dashboard/")


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


def _growths(ours: dict[str, Growth], size: str) -> Iterator[Row]:
    for name, growth in ours.items():
        yield spread(f"{name}: {size} / {FEW} cases", growth.ratios, at_most=MOST_GROWTH)
    medians = [median(growth.ratios) for growth in ours.values()]
    yield stated(f"{len(medians)} pages: {size}", f"{min(medians):.2f}–{max(medians):.2f}")


def _beside(ours: dict[str, Growth], less: Helpdesk, more: Helpdesk, count: int) -> Iterator[Row]:
    """Yield the growth of django-helpdesk's pages, and how long our slowest of each kind takes as a part of theirs."""
    visits = {"list": _list, "dashboard": _dashboard}
    theirs = {name: _growth(lambda v=visit: v(less), lambda v=visit: v(more)) for name, visit in visits.items()}
    for name, growth in theirs.items():
        low, high = min(growth.ratios), max(growth.ratios)
        figure = f"{median(growth.ratios):.2f} ({low:.2f}–{high:.2f})"
        yield stated(f"django-helpdesk's {name}: {count} / {FEW} tickets", figure)
    for start, name in {"view": "list", "first page": "dashboard"}.items():
        for size, number in (("few", FEW), ("many", count)):
            slowest = max(median(getattr(one, size)) for page, one in ours.items() if page.startswith(start))
            yield stated(
                f"slowest {start} / their {name}, {number}", f"{slowest / median(getattr(theirs[name], size)):.2f}"
            )


def _plans(facts: dict, count: int) -> Iterator[Row]:
    yield at_most(f"queries of the dearest page ({facts['dearest']})", facts["most"], MOST_QUERIES)
    found = len(facts["sequential"])
    if count < BIG:
        yield stated(f"plans that read a whole table (a bar from {BIG} cases on)", str(found))
    else:
        yield at_most(f"plans that read a whole table {facts['sequential'][:5]}", found, 0)
