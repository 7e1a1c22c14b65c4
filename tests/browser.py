"""Chromium for the browser tests, and axe-core for accessibility."""

import os
import shutil
from functools import wraps
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests import other_sites

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LOCALES = ("id-ID", "en-GB")  # what a browser may be set to: the desk speaks its language
PHONE = {"width": 360, "height": 800}
WAIT = 30_000  # milliseconds; a busy machine is slow, not wrong
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A font begins to load when the first text in it is drawn, and `fonts.ready` may be true before that on a busy machine.
FONTS = "Promise.allSettled([...document.fonts].map(font => font.load())).then(() => true)"
MISSING = (
    "No Chromium found. Install one: `apt-get install chromium` as root, or `.venv/bin/playwright install chromium`."
)


def then_whole(act):
    """Call ``act`` of a page or an element, and wait until the page that it opens has loaded completely.

    Playwright itself returns when the next page starts to load, when half of it is still missing.
    """

    @wraps(act)
    def acted(where, *args, **options):
        done = act(where, *args, **options)
        page = where.page if isinstance(where, Locator) else where
        page.wait_for_load_state()
        return done

    return acted


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """One browser for all journeys of this process. Other sites are all the same to it (tests/other_sites.py)."""
    # Playwright keeps an event loop in this thread, which makes Django refuse the database without need.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    others = other_sites.running(tmp_path_factory.mktemp("other-sites"))
    with pytest.MonkeyPatch.context() as patch, others as led_there, sync_playwright() as playwright:
        for kind in (Page, Locator):
            for name in ("click", "press"):
                patch.setattr(kind, name, then_whole(getattr(kind, name)))
        found = next(filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path)
        if not Path(found).exists():
            pytest.fail(MISSING, pytrace=False)
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        running = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *led_there, *sandbox])
        yield running
        running.close()


class Visits:
    """Opens pages, each with a separate cookie jar, and records faults that no page may have."""

    def __init__(self, browser: Browser, base_url: str):
        self.browser = browser
        self.base_url = base_url
        self.contexts: list[BrowserContext] = []
        self.outside: list[str] = []  # addresses of other sites that were asked for
        self.faults: list[str] = []  # script errors and breaches of the content security policy

    def page(self, **options) -> Page:
        """A phone's page; ``options`` as Playwright's: ``java_script_enabled``, ``color_scheme``, ``viewport``, …"""
        # Chromium is led to one local server for all other sites, whose certificate no authority signed.
        context = self.browser.new_context(
            **{
                "base_url": self.base_url,
                "viewport": PHONE,
                "locale": LOCALES[0],
                "ignore_https_errors": True,
                **options,
            }
        )
        context.set_default_timeout(WAIT)
        context.on("request", self._keep_outside)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._keep_breach)
        return page

    def end(self) -> None:
        """Close every page; fails when one of them had a fault."""
        for context in self.contexts:
            context.close()
        if self.faults:
            pytest.fail("The page had faults:\n" + "\n".join(self.faults), pytrace=False)

    def _keep_outside(self, request) -> None:
        if request.url.startswith("http") and urlsplit(request.url).netloc != urlsplit(self.base_url).netloc:
            self.outside.append(request.url)

    def _keep_breach(self, message) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(message.text)


def keep_nothing_by_itself(page: Page) -> None:
    """From now on the browser asks for each file again, so that what it shows offline comes from the site's copies.

    Playwright turns the browser's own cache off while somebody waits for an address, even for one that never comes.
    """
    page.context.route("https://never.example/", lambda route: route.abort())


@pytest.fixture
def server(live_server) -> str:
    """The address of the running site; the journeys that only read have another one (tests/journeys/reading)."""
    return live_server.url


@pytest.fixture
def visits(browser, server):
    """Pages on the running site; for several people at once, or with other options than ``page``."""
    visits = Visits(browser, server)
    yield visits
    visits.end()


@pytest.fixture
def page(visits) -> Page:
    """A phone (360 × 800) with scripts."""
    return visits.page()


@pytest.fixture
def page_without_script(visits) -> Page:
    """The same phone with JavaScript off."""
    return visits.page(java_script_enabled=False)


def wait_until(page: Page, expression: str) -> None:
    """Wait until ``expression``, JavaScript or a promise, is true on ``page``.

    Playwright's own ``wait_for_function`` repeats a string with ``eval``, which our content security policy refuses,
    so it works only where the expression is true at once.
    """
    until = monotonic() + WAIT / 1000
    while not page.evaluate(expression):
        assert monotonic() < until, f"never true: {expression}"
        page.wait_for_timeout(50)


def answers(page: Page) -> bool:
    """Return whether a script still runs on ``page``. One that is caught in a loop never does."""
    try:
        page.locator("html").wait_for(state="attached")
    except PlaywrightTimeout:
        return False
    return True


def assert_accessible(page: Page) -> None:
    """Fail with every breach of WCAG 2.2 AA that axe-core finds on ``page``."""
    page.wait_for_load_state()  # a page without its style sheets breaks every rule
    page.evaluate(FONTS)  # without its font, an icon is a word to axe
    assert_no_breach(page)


def assert_no_breach(page: Page) -> None:
    """Do the same for a page that has already loaded completely."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    breaches = [
        f"{breach['id']}: {breach['help']}: {node['html'][:160]}"
        for breach in found["violations"]
        for node in breach["nodes"]
    ]
    assert not breaches, f"{page.url} is not accessible:\n" + "\n".join(breaches)
