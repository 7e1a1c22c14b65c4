"""The order of the case page as the eye meets it, on a phone and at a desk, and what stays while one scrolls."""

import pytest
from django.core.management import call_command

from reports.cases.lifecycle import perform
from tests.browser import FONTS, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
ONE_LINE, BAR, HIGHEST_REPLY = 48, 57, 400  # pixels; the bar has a line of one
ORDER = (
    ".case-line",
    ".case-facts",
    ".missing",
    ".accounts",
    "#checklist",
    "#reply",
    "#story",
    "#said-title",
    ".record",
)
MEETING = {"category": "grooming", "age": "13_15", "meeting": "soon", "still_contact": "yes", "help_wanted": ["agency"]}


@pytest.fixture
def boxes(site, visits, file, moderator, child_safety, sign_in):
    """``boxes(size, **answers)``: the page of a case that its handler has just taken, and where its parts are."""
    for command in ("load_replies", "load_checklists"):
        call_command(command, verbosity=0)

    def show(size: dict, **answers):
        user = child_safety if answers else moderator
        filed = file(account_or_link="https://contoh.example/@akun, 0812 0000 0000", **answers)
        page = sign_in(visits.page(viewport=size), user)
        page.goto(f"/admin/reports/case/{perform(filed.case, 'claim', by=user).reference}/")
        page.evaluate(FONTS)
        return page, lambda part: page.locator(part).first.bounding_box()

    return show


def test_phone_shows_the_checklist_before_the_reply_and_the_story_after_it(boxes):
    page, box = boxes(PHONE)
    tops = [box(part)["y"] for part in ORDER]
    assert tops == sorted(tops)
    assert page.get_attribute("#story", "open") is None
    page.mouse.wheel(0, 1200)
    wait_until(page, "scrollY > 600")
    assert (box(".case-line")["y"], box(".case-line")["height"] <= ONE_LINE) == (0, True)
    assert box(".case-bar")["height"] <= BAR
    shown = page.evaluate("document.elementFromPoint(180, 60).closest('.case-line, .case-head, .case-acts')")
    assert shown is None  # nothing else stays


def test_phone_shows_the_last_minutes_of_the_lease_over_the_bar(boxes):
    page, box = boxes(PHONE)
    page.clock.install()
    page.reload()
    page.clock.fast_forward(16 * 60 * 1000)
    page.locator(".lease.soon").wait_for()
    lease, bar = box(".lease"), box(".case-bar")
    assert lease["y"] + lease["height"] == bar["y"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("answers", [{}, MEETING], ids=["bullying", "meeting"])
def test_desk_shows_accounts_times_and_the_reply_on_the_first_screen(boxes, answers):
    _page, box = boxes(DESK, **answers)
    reply, checklist = box("#reply"), box(".case-help")
    assert reply["y"] <= HIGHEST_REPLY
    assert checklist["y"] == reply["y"]
    assert checklist["x"] >= reply["x"] + reply["width"]
    for part in (".missing", ".accounts", ".times"):
        assert box(part)["y"] + box(part)["height"] <= reply["y"]
    assert box("#story")["y"] >= reply["y"] + reply["height"]
    assert box(".case-side")["x"] == checklist["x"]
