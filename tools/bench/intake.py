"""The report form: the processor time of one step and of a whole report, compared with a ticket of django-helpdesk.

Both run on PostgreSQL, behind the same gunicorn with the same settings, and are measured in turns. Processor time is
that of the web server's workers.
"""

import tempfile
from collections.abc import Callable
from statistics import median

from tests import with_postgres

from . import load
from .browser import Browser, hidden_fields
from .helpdesk_site import Helpdesk, helpdesk, send_ticket
from .table import Row, at_most, ratios, spread, stated

ROUNDS = 5
MOST_PAGES = 30
STEPS, REPORTS, TICKETS = 20, 3, 12  # of one round; a process counts its time in hundredths of a second
START, STEP, CODE = "/id/lapor/", "/id/lapor/3/", "/id/lapor/kode/"
ANSWERS = {
    "about": "me",
    "category": "cyberbullying",
    "age": "16_17",
    "platform": "instagram",
    "words": "Mereka mengejek aku tiap hari dan menyebarkan fotoku di grup kelas.",
}


def run() -> list[Row]:
    """Return the rows: milliseconds of processor time, and ratios with the lowest and the highest of five rounds."""
    with tempfile.TemporaryDirectory() as folder, with_postgres.server() as url, helpdesk(url, 1000) as theirs:
        site = load.site(folder, {"DATABASE_URL": url})
        with load.gunicorn("tools.bench.open_form", site) as ours:
            rounds = [_round(ours, theirs) for _number in range(ROUNDS + 1)][1:]  # the first one warms both up
    step, report, ticket = (list(times) for times in zip(*rounds, strict=True))
    return [
        stated("a ticket of django-helpdesk, form and sending: processor time", f"{median(ticket) * 1000:.1f} ms"),
        at_most("a step of the form, page and answer: processor time", median(step) * 1000, 15, " ms"),
        spread("a ticket / a step", ratios(ticket, step), at_least=2),
        stated("a whole report without a file, with its code: processor time", f"{median(report) * 1000:.0f} ms"),
        spread("a whole report / a ticket", ratios(report, ticket), at_most=6),
    ]


def _round(ours: load.Server, theirs: Helpdesk) -> tuple[float, float, float]:
    """Return the seconds of processor time of one step, of one report and of one ticket."""
    return (
        _seconds(ours, STEPS, _steps(ours.port)),
        _seconds(ours, REPORTS, lambda: report(ours.port)),
        _seconds(theirs.server, TICKETS, lambda: send_ticket(theirs.server.port, theirs.queue)),
    )


def _seconds(server: load.Server, times: int, act: Callable[[], object]) -> float:
    before = load.cpu_of(server.process)
    for _time in range(times):
        act()
    return (load.cpu_of(server.process) - before) / times


def _steps(port: int) -> Callable[[], object]:
    """Return what a reporter does in one step: read its page, and answer. They are in the middle of the form."""
    browser = Browser(port)
    _go_to(STEP, browser)
    return lambda: _go_on(browser, STEP)


def report(port: int) -> None:
    """Send one report as a new visitor: each page is read and answered, up to the page with the code."""
    browser = Browser(port)
    _go_to(CODE, browser)
    browser.get(CODE)


def _go_to(wanted: str, browser: Browser) -> None:
    """Go on from the start of the form until it leads to ``wanted``. Raises RuntimeError when it does not."""
    path = START
    for _page in range(MOST_PAGES):
        path = _go_on(browser, path)
        if path == wanted:
            return
    raise RuntimeError(f"The form does not lead to {wanted}.")


def _go_on(browser: Browser, path: str) -> str:
    """Read the page at ``path`` and send its form; return where it leads. What has no answer in ANSWERS is skipped."""
    fields = hidden_fields(browser.get(path))
    question = fields.get("question")
    if question in ANSWERS:
        return browser.post(path, fields | {"answer": ANSWERS[question]})
    return browser.post(path, fields | ({"skip": "1"} if question else {"safety": "safe"}))
