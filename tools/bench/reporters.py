"""Many people who report at once: no report is lost, and how long each of them waits for a page."""

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg2

from .browser import Browser
from .form import report
from .table import Row, all_of, at_most, percentile

REPORTERS = int(os.environ.get("REPORTERS") or 50)
CODE = re.compile(r'data-code="[^"]+"')


class Timed(Browser):
    """A browser that notes in ``seconds`` how long it waited for each answer."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.seconds: list[float] = []

    def _ask(self, *request: Any, **options: Any) -> tuple[int, str, str]:
        begun = time.perf_counter()
        answer = super()._ask(*request, **options)
        self.seconds.append(time.perf_counter() - begun)
        return answer


def rows(port: int, database_url: str) -> list[Row]:
    """Return the number of reports that have a code and are stored, and the time of a page or an answer."""
    before, browsers = _cases(database_url), [Timed(port) for _person in range(REPORTERS)]
    from_here = lambda browser: bool(CODE.search(report(port, browser)))  # noqa: E731
    with ThreadPoolExecutor(REPORTERS) as people:
        codes = sum(people.map(from_here, browsers))
    waits = [seconds for browser in browsers for seconds in browser.seconds]
    return [
        all_of(f"{REPORTERS} people report at once: with a code", codes, REPORTERS),
        all_of("  stored", _cases(database_url) - before, REPORTERS),
        at_most(f"  a page or an answer, 95th of 100 ({len(waits)})", percentile(waits), 1, " s"),
    ]


def _cases(database_url: str) -> int:
    host, _slash, name = database_url.removeprefix("postgres://postgres@/").rpartition("/")
    with psycopg2.connect(host=host, user="postgres", dbname=name) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM reports_case")
        return cursor.fetchone()[0]
