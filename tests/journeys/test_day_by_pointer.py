"""A moderator's day with a mouse and with a finger: each press is made once, at the place where the control was seen.

Playwright's own ``click`` waits until a control stays still and tries again; a person does neither.
"""

from io import StringIO

import pytest
from django.core.management import call_command

from reports.models import Case, Category
from tests.browser import assert_no_breach
from tests.journeys.day import KINDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SCREENS = {"mouse": {"viewport": {"width": 1280, "height": 900}}}
SCREENS["finger"] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
SEND = {"reply": "[data-send=reply]", "ask": "[data-send=ask]", "end": "[data-send=resolve]"}


class Pointer:
    """A mouse or a finger at the desk, for somebody who types with a keyboard."""

    def __init__(self, page, finger: bool):
        self.page = page
        self._press = page.touchscreen.tap if finger else page.mouse.click

    def press(self, selector: str) -> None:
        """Press the middle of the first visible such control, once, where it is when it comes into view."""
        control = self.page.locator(selector).locator("visible=true").first
        control.evaluate("control => control.scrollIntoView({block: 'center', behavior: 'instant'})")
        box = control.bounding_box()
        self._press(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def leaves(self, selector: str) -> None:
        """Press what loads the next page. A press that is lost loads none."""
        with self.page.expect_navigation(timeout=5000):
            self.press(selector)

    def types(self, selector: str, words: str) -> None:
        """Press into a field and write over what it holds."""
        self.press(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def answers(self, words: str, how: str) -> None:
        self.types("#reply [name=text]", words)
        self.leaves(SEND[how])

    def chooses(self, action: str) -> None:
        """Go to the page of a rare action through the menu."""
        self.press("details.more-menu > summary")
        self.leaves(f".more-menu[open] a[href$='/{action}/']")


def filled(hand: Pointer) -> None:
    """Fill the gap of the first template and resolve, with one press right after the last letter."""
    hand.types(".gaps input", "kami laporkan akun itu")
    hand.leaves(SEND["end"])


def explained(hand: Pointer) -> None:
    hand.answers("Terima kasih sudah melapor. Akun itu kami sampaikan, dan laporanmu selesai.", "end")


def asked(hand: Pointer) -> None:
    hand.answers("Kapan itu terjadi?", "ask")


def read_and_asked(hand: Pointer) -> None:
    hand.press("#story summary")
    hand.answers("Siapa yang sudah kamu beri tahu?", "ask")


def corrected(hand: Pointer) -> None:
    hand.leaves("[data-key=k]")
    hand.page.select_option("[name=category]", label=Category.objects.get(slug="scam").name_ind)
    hand.types("[name=reason]", "Uang diminta.")
    hand.leaves(".send .main")
    hand.answers("Terima kasih. Ini penipuan, hubungi bankmu.", "end")


def handed_over(hand: Pointer) -> None:
    hand.chooses("offer")
    hand.page.select_option("[name=to]", label="sekar")
    hand.leaves(".send .main")


def escalated(hand: Pointer) -> None:
    hand.chooses("escalate")
    hand.types("[name=reason]", "Akun ini milik lembaga.")
    hand.leaves(".send .main")


def noted(hand: Pointer) -> None:
    hand.press("#note summary")
    hand.types("#note [name=text]", "Perlu orang yang paham penipuan.")
    hand.leaves("#note [data-send=note]")
    hand.leaves("form[action$='/release/'] button")


DONE = {
    "bullying": filled,
    "bullying, answered in own words": explained,
    "account": explained,
    "scam, with a question": asked,
    "bullying, read and asked": read_and_asked,
    "account, in English": filled,
    "in the wrong category": corrected,
    "for a colleague": handed_over,
    "for the lead": escalated,
    "scam, given back": noted,
}


@pytest.fixture(params=SCREENS)
def hand(request, site, visits, moderator, person, sign_in) -> Pointer:
    person("moderator", "sekar")
    call_command("load_replies", stdout=StringIO())
    page = sign_in(visits.page(**SCREENS[request.param]), moderator)
    return Pointer(page, request.param == "finger")


def test_each_press_of_a_day_does_what_it_is_for(hand, file, moderator):
    for kind, answers in KINDS.items():
        case = file(**answers).case
        hand.page.goto("/admin/reports/case/")
        hand.leaves("form[action$='/next/'] button")
        DONE[kind](hand)
        case.refresh_from_db()
        assert case.offered_to or (case.state, case.handler) != ("in_progress", moderator), kind
    assert_no_breach(hand.page)


def test_press_on_undo_brings_case_and_words_back(hand, file, moderator):
    case = file(safety="danger").case
    hand.page.goto("/admin/reports/case/")
    hand.leaves("form[action$='/next/'] button")
    hand.press("#story summary")
    hand.page.locator("#words:not([data-load])").wait_for()
    hand.answers("Kami sudah menghubungi orang itu.", "reply")
    hand.leaves("[data-undo] button")
    assert hand.page.input_value("#reply [name=text]") == "Kami sudah menghubungi orang itu."
    assert (Case.objects.get(pk=case.pk).handler, case.messages.count()) == (moderator, 0)
