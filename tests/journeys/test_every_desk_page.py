"""Every page of the desk that opens without a choice is tested with axe-core, for each role, on four screens."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import reverse

from reports.cases import sending
from reports.cases.lifecycle import perform
from tests.browser import assert_accessible
from tests.urls import STAFF_URLS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what axe-core sees is the same on both databases"),
]
ROLES = ("moderator", "supervisor", "auditor", "administrator")
LEAVING = ("logout", "_delete", "jsi18n", "autocomplete", ".csv", "/facts/")  # facts: a part of the queue
SCREENS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
# The admin fades from colour to colour; axe-core would measure the colours between.
SETTLED = "document.getAnimations().forEach(one => one.cancel())"
UNFOLD = "document.querySelectorAll('main details').forEach(one => one.open = true)"


def faults_of(page) -> Iterator[str]:
    """What axe-core finds on the page with all its parts unfolded, on a phone and a desk, light and dark."""
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        try:
            assert_accessible(page)
        except AssertionError as error:
            yield f"{width} {scheme}: {error}"
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"{page.url} is wider than {width} px"


def addresses(case) -> list[str]:
    """The addresses of the desk, with the reference of ``case`` in those of a case; a page without one has none."""
    found = {url.path.replace("/x/", f"/{case.reference}/") for url in STAFF_URLS if "reports" in url.name}
    actions = {reverse("admin:reports_case_act", args=[case.reference, name]) for name in ("offer", "restrict", "link")}
    kept = found | actions | {reverse("admin:index")}
    return sorted(path for path in kept if not any(word in path for word in LEAVING))


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_desk_can_be_used_by_everyone(site, visits, person, sign_in, file, client, moderator, role):
    case = perform(file().case, "claim", by=moderator)
    sending.send(perform(file().case, "claim", by=moderator), "reply", moderator, 1, "Terima kasih.", resolve=True)
    user = moderator if role == "moderator" else person(role)
    client.force_login(user)
    answers = {path: client.get(path) for path in addresses(case)}
    opened = [
        path for path, answer in answers.items() if answer.status_code == 200 and "html" in answer["Content-Type"]
    ]
    page = visits.page()
    sign_in(page, user)
    faults = []
    for path in opened:
        page.goto(path)
        page.evaluate(UNFOLD)
        faults.extend(faults_of(page))
    # Django's own scripts of its forms add inline style, which the policy blocks (docs/not-done.md).
    visits.faults[:] = [fault for fault in visits.faults if not fault.startswith("Applying inline style")]
    assert len(opened) >= 3
    assert not faults, "\n".join(faults)
