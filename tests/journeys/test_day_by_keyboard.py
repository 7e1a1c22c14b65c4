"""A moderator's day without a mouse: ten kinds of case and an urgent one, with the presses and pages each takes."""

from io import StringIO
from statistics import median

import pytest
from django.core.management import call_command

from reports.cases.lifecycle import STAFF_ACTIONS, perform
from reports.models import Case, Category
from tests.browser import assert_no_breach
from tests.journeys.day import KINDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
QUEUE = "/admin/reports/case/"
DESK = {"viewport": {"width": 1280, "height": 900}}
MOST_PRESSES, MOST_LOADS = 5, 2  # of a case of P2 to P4, half of the time; words that are typed count as one press
FIRST_PERSON, SECOND_PERSON = 6, 3  # presses of a P0: opening the case and its words, an outcome and sending all count
ASKED_OF_BOTH = 7 + 2 + 1  # the last one opens the words, which are read before a P0 is answered


class Keyboard:
    """The keyboard of somebody at the desk, who counts presses and the pages that were loaded."""

    def __init__(self, page):
        self.page, self.presses, self.loads = page, 0, 0
        page.on("domcontentloaded", self._loaded)

    def _loaded(self, _page) -> None:
        self.loads += 1

    def begin(self) -> None:
        """Open the queue; what comes before does not count."""
        self.page.goto(QUEUE)
        self.presses = self.loads = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.presses += len(keys)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.presses += 1

    def take(self) -> Case:
        """Take the next case; its page is open afterwards."""
        self.press("t")
        self.page.wait_for_url(f"**{QUEUE}*/")
        return self.shown()

    def shown(self) -> Case:
        """The case whose page is open."""
        return Case.objects.get(reference=self.page.url.rstrip("/").rpartition("/")[2])

    def answer(self, words: str, *sent_by: str) -> None:
        """Write over the template of the open reply, and send."""
        self.press("r", "Control+a")
        self.type(words)
        self.sent(*sent_by or ("Control+Enter",))

    def sent(self, *keys: str) -> None:
        """Press what sends, and wait for the next page."""
        with self.page.expect_navigation():
            self.press(*keys)

    def chosen_from_more(self, action: str) -> None:
        """Open the menu of rare actions, go to one with its first letter, and to its page with Enter."""
        letter = str(STAFF_ACTIONS[action].label)[0].lower()
        self.press("m")
        while not self.page.evaluate("document.activeElement.href ?? ''").endswith(f"/{action}/"):
            self.press(letter)
        self.sent("Enter")

    def into(self, name: str) -> None:
        """Go with Tab to the field of this name on an action page."""
        while self.page.evaluate("document.activeElement.name ?? ''") != name:
            self.press("Tab")


def filled(hands: Keyboard) -> None:
    """Fill the gap of the first template, send it, and resolve."""
    hands.press("r", "Tab")
    hands.type("kami laporkan akun itu")
    hands.sent("Control+Enter")


def explained(hands: Keyboard) -> None:
    """Answer in words of one's own, and resolve."""
    hands.answer("Terima kasih sudah melapor. Akun itu kami sampaikan, dan laporanmu selesai.")


def asked(hands: Keyboard) -> None:
    """Ask what is missing; then the case waits for its reporter."""
    hands.answer("Kapan itu terjadi?")


def noted(hands: Keyboard) -> None:
    """Write a note and give the case back."""
    hands.press("n")
    hands.type("Perlu orang yang paham penipuan.")
    hands.sent("Control+Enter")
    hands.sent("b")


def corrected(hands: Keyboard) -> None:
    """Choose another category with a reason, then answer."""
    hands.sent("k")
    hands.type(Category.objects.get(slug="scam").name_ind)
    hands.into("reason")
    hands.type("Uang diminta.")
    hands.sent("Control+Enter")
    hands.answer("Terima kasih. Ini penipuan, hubungi bankmu.")


def handed_over(hands: Keyboard) -> None:
    """Offer the case to a colleague."""
    hands.chosen_from_more("offer")
    hands.into("to")
    hands.type("sekar")
    hands.sent("Control+Enter")


def looked_at_and_asked(hands: Keyboard) -> None:
    """Read the story first, then ask."""
    hands.press("o")
    hands.answer("Siapa yang sudah kamu beri tahu?")


def escalated(hands: Keyboard) -> None:
    """Hand the case to the lead, with a reason."""
    hands.chosen_from_more("escalate")
    hands.into("reason")
    hands.type("Akun ini milik lembaga.")
    hands.sent("Control+Enter")


DONE = {
    "bullying": filled,
    "bullying, answered in own words": explained,
    "account": explained,
    "scam, with a question": asked,
    "bullying, read and asked": looked_at_and_asked,
    "account, in English": filled,
    "in the wrong category": corrected,
    "for a colleague": handed_over,
    "for the lead": escalated,
    "scam, given back": noted,
}

LONGER = {  # kinds that take more presses than the median, and how many
    "bullying, read and asked": 6,  # the story is opened first
    "in the wrong category": 10,  # six to correct it with a reason, and four to answer
    "for a colleague": 7,  # the menu, the letter of the action twice, its page, whom, and sending
    "for the lead": 7,
}


@pytest.fixture
def hands(site, visits, moderator, person, sign_in) -> Keyboard:
    """The keyboard of a moderator at the desk; a colleague is there too."""
    person("moderator", "sekar")
    call_command("load_replies", stdout=StringIO())
    page = visits.page(**DESK)
    sign_in(page, moderator)
    return Keyboard(page)


def test_cases_of_a_day_take_few_presses(hands, file, moderator):
    took = {}
    for kind, answers in KINDS.items():
        case = file(**answers).case
        hands.begin()
        assert hands.take() == case
        assert case.tier >= 2, kind
        DONE[kind](hands)
        took[kind] = (hands.presses, hands.loads)
        case.refresh_from_db()
        assert case.offered_to or (case.state, case.handler) != ("in_progress", moderator), kind
    print("\nPresses and pages:", took)
    presses, loads = (median(column) for column in zip(*took.values(), strict=True))
    assert (presses <= MOST_PRESSES, loads <= MOST_LOADS) == (True, True), took
    assert {kind: number for kind, (number, _loads) in took.items() if number > MOST_PRESSES} == LONGER
    assert_no_breach(hands.page)


def test_urgent_case_takes_few_presses_of_two_people(hands, file, visits, moderator, supervisor, sign_in):
    """Fewer than were asked for together; the second person needs a third, because no single press closes a P0."""
    case = file(safety="danger").case
    hands.begin()
    perform(hands.take(), "not_to_refer", by=moderator, reason="Sudah aman.")  # or it is not resolved (K1)
    hands.page.reload()
    hands.press("o")
    hands.page.locator("#words:not([data-load])").wait_for()
    hands.answer("Kami sudah menghubungi orang yang bisa membantumu sekarang.", "Control+Shift+Enter")
    case.refresh_from_db()
    assert case.state == "resolved"
    second = Keyboard(sign_in(visits.page(**DESK), supervisor))
    second.page.goto("/admin/")  # within the time to undo: the case waits for its second person from the start
    second.presses = second.loads = 0
    with second.page.expect_navigation():
        second.press("2")
    assert second.page.url.endswith(f"{case.reference}/#close")
    second.press("1")
    second.sent("Enter")
    case.refresh_from_db()
    assert case.state == "closed"
    print("\nP0:", (hands.presses, hands.loads), "and the second person:", (second.presses, second.loads))
    assert (hands.presses, second.presses, second.loads) == (FIRST_PERSON, SECOND_PERSON, 2)
    assert hands.presses + second.presses < ASKED_OF_BOTH
