"""The pages of the desk, and what axe-core finds on one: on a phone and on a computer, light and dark."""

from collections.abc import Iterator

from django.urls import reverse

from tests.browser import assert_accessible
from tests.urls import STAFF_URLS

SCREENS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
TWO_SCREENS = (
    SCREENS[:1] + SCREENS[3:],
    SCREENS[1:3],
)  # each width, and both colours: each pair of screens is opposite
# The admin fades from colour to colour; axe-core would measure the colours between.
SETTLED = "document.getAnimations().forEach(one => one.cancel())"
UNFOLD = "document.querySelectorAll('main details').forEach(one => one.open = true)"

LEAVING = ("logout", "_delete", "jsi18n", "autocomplete", ".csv", "/facts/")  # facts: a part of the queue


def addresses(case) -> list[str]:
    """The addresses of the desk, with the reference of ``case`` in those of a case; a page without one has none."""
    found = {url.path.replace("/x/", f"/{case.reference}/") for url in STAFF_URLS if "reports" in url.name}
    kept = found | {reverse("admin:index")}  # the pages of actions: test_desk_after_presses
    return sorted(path for path in kept if not any(word in path for word in LEAVING))


def opened(client, user, paths: list[str]) -> list[str]:
    """Those of ``paths`` that open for this person and are pages."""
    client.force_login(user)
    answers = {path: client.get(path) for path in paths}
    return [path for path, answer in answers.items() if answer.status_code == 200 and "html" in answer["Content-Type"]]


def faults_of(page, screens: list = SCREENS) -> Iterator[str]:
    """The faults of the page that is open, with all its parts unfolded, on ``screens``."""
    page.evaluate(UNFOLD)
    for width, scheme in screens:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        try:
            assert_accessible(page)
        except AssertionError as error:
            yield f"{page.url} {width} {scheme}: {error}"
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"{page.url} is wider than {width} px"


def without_admin_styles(faults: list[str]) -> list[str]:
    """``faults`` of the console without those of Django's own scripts, which add inline style (docs/not-done.md)."""
    return [fault for fault in faults if not fault.startswith("Applying inline style")]
