"""The report form: the processor time of one step and of a whole report, compared with a ticket of django-helpdesk.

Both run on PostgreSQL, behind the same gunicorn with the same settings, and are measured in turns. Processor time is
that of the web server's workers. Then 50 people report at once, large files are sent, and the form is read over a slow
line. ``ROUNDS=1 REPORTERS=5`` is quick.
"""

import os
import tempfile
import time
from collections.abc import Callable
from statistics import median

from tests import with_postgres

from . import load, reporters, uploads
from .browser import Browser
from .firstvisit import chromium, largest_paint
from .form import FIRST_QUESTION, START, STEP, go_on, go_to, report
from .helpdesk_site import Helpdesk, helpdesk, send_ticket
from .table import Row, at_most, percentile, ratios, spread, stated

ROUNDS = int(os.environ.get("ROUNDS") or 5)
STEPS, REPORTS, TICKETS = 20, 3, 12  # of one round; a process counts its time in hundredths of a second


def run() -> list[Row]:
    """Return the rows: milliseconds of processor time, and ratios with the lowest and the highest of five rounds."""
    with tempfile.TemporaryDirectory() as folder, with_postgres.server() as url, helpdesk(url, 1000) as theirs:
        site = load.site(folder, {"DATABASE_URL": url})
        waits: list[float] = []
        with load.gunicorn("tools.bench.open_form", site) as ours:
            rounds = [_round(ours, theirs, waits) for _number in range(ROUNDS + 1)][1:]  # the first one warms both up
            others = [*reporters.rows(ours.port, url), *uploads.rows(ours), *_on_a_slow_line(ours.port)]
    waits = waits[REPORTS:]
    step, report, ticket = (list(times) for times in zip(*rounds, strict=True))
    return [
        stated("a ticket of django-helpdesk, form and sending: processor time", f"{median(ticket) * 1000:.1f} ms"),
        at_most("a step of the form, page and answer: processor time", median(step) * 1000, 15, " ms"),
        spread("a ticket / a step", ratios(ticket, step), at_least=2),
        stated("a whole report without a file, with its code: processor time", f"{median(report) * 1000:.0f} ms"),
        spread("a whole report / a ticket", ratios(report, ticket), at_most=6),
        stated(f"  all its pages: time, 95th of 100 ({len(waits)} reports)", f"{percentile(waits):.2f} s"),
        *others,
    ]


def _on_a_slow_line(port: int) -> list[Row]:
    """Return the largest paint of the first pages of the form for a new visitor with a slow line and processor."""
    site = f"http://127.0.0.1:{port}"
    with chromium() as browser:
        seconds = {path: largest_paint(browser, site + path) for path in (START, FIRST_QUESTION)}
    return [at_most(f"{path} cold at 400 kbit/s: largest paint", time, 3, " s") for path, time in seconds.items()]


def _round(ours: load.Server, theirs: Helpdesk, waits: list[float]) -> tuple[float, float, float]:
    """Return the processor time of a step, a report and a ticket; add to ``waits`` the seconds of each report."""
    return (
        _seconds(ours, STEPS, _steps(ours.port)),
        _seconds(ours, REPORTS, lambda: waits.append(_time_of(lambda: report(ours.port)))),
        _seconds(theirs.server, TICKETS, lambda: send_ticket(theirs.server.port, theirs.queue)),
    )


def _time_of(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _seconds(server: load.Server, times: int, act: Callable[[], object]) -> float:
    before = load.cpu_of(server.process)
    for _time in range(times):
        act()
    return (load.cpu_of(server.process) - before) / times


def _steps(port: int) -> Callable[[], object]:
    """Return what a reporter does in one step: read its page, and answer. They are in the middle of the form."""
    browser = Browser(port)
    go_to(STEP, browser)
    return lambda: go_on(browser, STEP)
