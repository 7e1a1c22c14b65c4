"""The queue by keyboard alone, and what stays in place meanwhile."""

import re

import pytest

from reports.models import Case
from tests.browser import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/admin/reports/case/"


def in_focus(page) -> str:
    """The reference of the row that has the focus; empty if none has."""
    return page.evaluate("document.activeElement.closest('[data-row]')?.dataset.row ?? ''")


def order(page) -> list[str]:
    return page.eval_on_selector_all("[data-row]", "rows => rows.map(row => row.dataset.row)")


@pytest.fixture
def desk(site, visits, moderator, sign_in, file):
    """The queue with one case of P0 and two of P2, on a wide screen whose clock is set by the test."""
    file(safety="danger"), file(), file()
    page = visits.page(viewport={"width": 1280, "height": 900})
    sign_in(page, moderator)
    page.clock.install()
    page.goto(QUEUE)
    return page


def test_queue_by_keyboard(desk, file):
    first, second, third = order(desk)
    for key, expected in (("j", first), ("j", second), ("k", first), ("j", second)):
        desk.keyboard.press(key)
        assert in_focus(desk) == expected
    desk.clock.run_for(1000)
    desk.wait_for_selector(f".preview .ref:has-text('{second[:4]}')")

    desk.keyboard.press("/")
    desk.keyboard.type("jkt.")
    assert desk.input_value("#find") == "jkt."
    desk.focus(f"[data-row='{second}'] a.why")

    before = desk.inner_text(f"[data-row='{first}'] .clock")
    file(safety="danger", words="Baru.")
    desk.clock.run_for(61_000)
    desk.wait_for_selector(".news a:visible")
    assert "1 baru" in desk.inner_text(".news")
    assert desk.inner_text(f"[data-row='{first}'] .clock") != before
    assert (order(desk), in_focus(desk)) == ([first, second, third], second)
    desk.keyboard.press(".")
    desk.wait_for_selector("[data-row] >> nth=3")
    desk.wait_for_load_state()
    assert in_focus(desk) == second

    desk.keyboard.press("?")
    assert_accessible(desk)
    desk.click("[data-keys-switch]")
    desk.keyboard.press("Escape")
    desk.reload()
    desk.keyboard.press("t")
    desk.click(".tool")
    desk.click("[data-keys-switch]")
    desk.keyboard.press("Escape")
    desk.focus(f"[data-row='{second}'] a.why")

    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**{QUEUE}{second}/")
    desk.go_back()
    desk.keyboard.press("t")
    desk.wait_for_url(re.compile(rf"{QUEUE}\w{{8}}/$"))
    assert Case.objects.get(handler__isnull=False).tier == 0


@pytest.mark.slow
def test_focus_goes_to_the_next_row_after_an_action(site, visits, moderator, sign_in, file):
    for number in range(3):
        file(suspicious=True, age="adult", category="account_abuse", words=str(number))
    page = visits.page(viewport={"width": 1600, "height": 900})
    sign_in(page, moderator)
    page.goto(QUEUE + "?show=quarantined")
    _first, second, third = order(page)
    page.click(f"[data-row='{second}'] button")
    assert order(page) == [_first, third]
    assert in_focus(page) == third
