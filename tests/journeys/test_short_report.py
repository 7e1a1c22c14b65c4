"""The short report, counted: screens, taps and words of the people for whom the form is made, from its first page."""

from typing import NamedTuple

import pytest

from reports.models import Case
from reports.questions import QUESTIONS
from tests.browser import assert_accessible
from tests.journeys.hands import Hands

pytestmark = pytest.mark.django_db(transaction=True)
TWO_SCREENS = 2 * 740
TOP = 200  # px
WORDS_A_MINUTE = 200  # a calm adult; docs/tests.md has the table
# What safety.md prescribes word for word on a page, beside the counted words: confidentiality, traces, who runs this,
# "Can't speak? Just chat" (H3), that 112 is not everywhere (K3), and the offer of easier words (its section 2).
PRESCRIBED = "[data-rule], .idle, .trace, .notice[data-rule]"
HELP = ("/pertolongan/", "/first-help/", "/info/")  # first aid, and the help pages of the form
LONG = ("safety", "first_aid", "start", "code", "done", "help")  # pages with numbers and prescribed sentences


class Person(NamedTuple):
    """Who reports: the tile or answer about safety that they choose first, and their answers."""

    tile: int  # the number of the first aid; 0: "Something else"
    safety: str
    answers: dict


BLACKMAILED = "boy 15, blackmailed"
BOY = Person(14, "", {"about": "me", "age": "13_15", "threats_now": "yes"})
PEOPLE = {
    BLACKMAILED: BOY,
    "girl 13, bullied": Person(
        0, "safe", {"about": "me", "age": "13_15", "category": "cyberbullying", "own_image": "no"}
    ),
    "mother, chat with the child": Person(
        0, "safe", {"about": "my_child", "age": "under_13", "category": "grooming", "meeting": "soon"}
    ),
    "woman, private pictures": Person(
        11, "danger", {"about": "me", "age": "adult", "category": "ncii", "picture_minor": "no"}
    ),
    "man, money sent today": Person(
        15, "safe", {"about": "me", "safety": "safe", "age": "adult", "money_sent": "yes_24h"}
    ),
    "teacher, pupil hurt": Person(16, "", {"about": "my_student", "age": "under_13", "hurt_how": ["body"]}),
    "wants to die, 16": Person(12, "self_harm", {"about": "me", "age": "16_17", "category": "self_harm"}),
    "child 10, not sure": Person(
        18, "unsure", {"about": "me", "age": "under_13", "category": "unsure", "close_to_child": "no"}
    ),
    "something I did": Person(0, "safe", {"about": "my_own_doing", "age": "16_17", "category": "ncii"}),
    "finder of a picture": Person(
        0, "safe", {"about": "public_post", "age": "unknown", "category": "csam", "account_or_link": "@akun"}
    ),
    "stalked adult": Person(
        0, "safe", {"about": "me", "age": "adult", "category": "threats_stalking", "time_and_place": "no"}
    ),
    "friend of someone blackmailed": Person(
        14, "", {"about": "friend", "age": "16_17", "threats_now": "yes", "words": "Dia takut."}
    ),
    "neighbour of a stranger": Person(
        16, "", {"about": "stranger", "age": "unknown", "hurt_how": ["body"], "words": "Terdengar tiap malam."}
    ),
}
# One person for each answer to "Who is it about?": these walk in ``make test``, the others in ``make test-slow``.
VOICES = {person.answers["about"]: name for name, person in reversed(PEOPLE.items())}
BRIEF = ("me", "my_child")  # the voices that also walk without script in ``make test``
OTHERS = [pytest.param(name, marks=pytest.mark.slow) for name in PEOPLE if name not in VOICES.values()]
SCREENS, TAPS, WORDS = 8, 10, 450  # at most, to the end
TO_CODE = 365  # words
# Words until *Send*, with the prescribed ones, and also with those that a closed fold holds.
SEEN, TWO_MINUTES, WITH_FOLDS = 570, 2 * WORDS_A_MINUTE, 620
# Taps and words before the first page of help with their own matter: first aid, or a help page of the form.
HELP_AT_ONCE = (1, 52)
LATER_HELP = {
    "girl 13, bullied": (4, 168),
    "mother, chat with the child": (5, 168),
    "something I did": (3, 108),
    "finder of a picture": (5, 168),
    "stalked adult": (4, 168),
}


class Walk:
    """One report, as far as the page after the code; what it took."""

    def __init__(self, page, language="id"):
        self.page, self.hands = page, Hands(page, language)
        self.hands.on_open = self.measure
        self.screens = self.taps = self.words = 0
        self.to_code = 0
        self.seen = self.seen_to_send = 0  # visible words, also the prescribed ones
        self.folded = self.folded_to_send = 0  # prescribed words in closed folds
        self.of_life = [0, 0]  # words of the numbers in the block of rule H5, and of the whole block
        self.to_help: tuple[int, int] | None = None  # taps and words before the first help with their own matter

    def see(self):
        """Count the screen that is shown."""
        has_steps = self.page.locator("main ol.steps.brief").count()  # also above a question
        if self.to_help is None and (has_steps or any(path in self.page.url for path in HELP)):
            self.to_help = self.taps, self.words
        self.screens += 1
        words, life, seen, folded = self.page.evaluate(
            """rule => {
              const main = document.querySelector("main").cloneNode(true);
              const count = (part) => part.innerText.trim().split(/\\s+/).length;
              document.body.append(main);
              main.querySelectorAll(".visually-hidden, .skip, .honey").forEach((part) => part.remove());
              const seen = count(main);
              const outer = [...main.querySelectorAll(rule)].filter((part) => !part.parentElement.closest(rule));
              const prescribed = () => outer.reduce((sum, part) => sum + count(part), 0);
              const open = prescribed();
              const folds = [...main.querySelectorAll("details:not([open])")];
              folds.forEach((fold) => { fold.open = true; });
              const folded = prescribed() - open;
              folds.forEach((fold) => { fold.open = false; });
              main.querySelectorAll("aside").forEach((part) => part.remove());
              const all = (place) => [...main.querySelectorAll(place)].reduce((sum, part) => sum + count(part), 0);
              const life = [all("section[data-rule=H5] .helpline"), all("section[data-rule=H5]")];
              main.querySelectorAll(rule).forEach((part) => part.remove());
              const words = count(main);
              main.remove();
              return [words, life, seen, folded];
            }""",
            PRESCRIBED,
        )
        self.words += words
        self.seen += seen
        self.folded += folded
        self.of_life = [sum(pair) for pair in zip(self.of_life, life, strict=True)]
        if self.hands.question():
            assert self.hands.heading().bounding_box()["y"] <= TOP + self.band, self.page.url
            self.measure()

    def measure(self):
        """Check that the page, with the folds that are open now, takes two screens at most."""
        height = self.page.evaluate("document.querySelector('main').getBoundingClientRect().bottom + scrollY")
        assert height <= TWO_SCREENS + self.band, (self.page.url, height)

    @property
    def band(self) -> float:
        """The height of the band of the demo, which a real site does not have."""
        return self.page.evaluate("document.querySelector('.demo')?.offsetHeight ?? 0")

    def tap(self, place: str, count: int = 1):
        self.taps += count
        self.page.click(place)
        self.see()

    def go(self, person: Person):
        """Walk from the first page to the page after the code."""
        self.page.goto({"id": "/id/lapor/", "en": "/en/report/"}[self.hands.language])
        self.see()
        if person.tile:
            self.tap(f"main a[href$='/{person.tile}/']")
            self.tap("main button.btn.main")
        else:
            self.tap("main button[name=safety][value=safe]")
        for _page in range(12):
            if self.page.locator(".code").count():
                break
            self.to_code, self.seen_to_send, self.folded_to_send = self.words, self.seen, self.folded
            self.one_page(person)
        self.tap("main button.btn.main")

    def one_page(self, person: Person):
        """Answer one page."""
        if self.page.locator("button[name=safety]").count():
            self.tap(f"button[name=safety][value={person.safety}]")
        elif self.hands.is_at_the_end() or not self.hands.question():
            if words := person.answers.get(self.hands.question()):
                self.page.fill("[name=answer]", words)
            self.tap("main button.btn.main")
        else:
            self.taps += self.hands.one_step(person.answers)
            self.see()


@pytest.mark.safety("H16", "K10")
@pytest.mark.parametrize("name", [*VOICES.values(), *OTHERS])
def test_report_takes_few_screens_taps_and_words(site, visits, name):
    walk = Walk(visits.page(viewport={"width": 360, "height": 740}, java_script_enabled=True))
    walk.go(PEOPLE[name])
    minutes = walk.to_code / WORDS_A_MINUTE
    assert walk.to_help is not None
    taps_to_help, words_to_help = walk.to_help
    print(f"\n| {name} | {taps_to_help} · {words_to_help} ", end="")
    print(f"| {walk.screens} · {walk.taps} · {walk.to_code} ({minutes:.1f}) | {walk.words} ", end="")
    print(f"| {walk.seen_to_send} ({walk.seen_to_send / WORDS_A_MINUTE:.1f}) + {walk.folded_to_send} |", walk.of_life)
    assert walk.seen_to_send <= (TWO_MINUTES if name == BLACKMAILED else SEEN)
    assert walk.seen_to_send + walk.folded_to_send <= WITH_FOLDS
    assert Case.objects.count() == 1
    within = walk.screens <= SCREENS, walk.taps <= TAPS, walk.to_code <= TO_CODE, walk.words <= WORDS
    assert within == (True, True, True, True), (walk.screens, walk.taps, walk.to_code, walk.words)
    taps, words_before = LATER_HELP.get(name, HELP_AT_ONCE)
    assert (taps_to_help <= taps, words_to_help <= words_before) == (True, True), walk.to_help


@pytest.mark.slow
@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", PEOPLE)
def test_screens_of_a_report_in_english_take_two_screens_of_a_phone(site, visits, name):
    Walk(visits.page(viewport={"width": 360, "height": 740}), "en").go(PEOPLE[name])  # it measures each screen
    assert Case.objects.get().language == "en"


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if who in BRIEF else pytest.mark.slow, id=who) for who, name in VOICES.items()]
)
def test_each_voice_reports_without_script(site, visits, name):
    Walk(visits.page(viewport={"width": 360, "height": 740}, java_script_enabled=False)).go(PEOPLE[name])
    assert Case.objects.count() == 1


def test_every_voice_is_walked():
    assert {*VOICES} == {choice.key for choice in QUESTIONS["about"].choices}


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["girl 13, bullied", "mother, chat with the child"])
def test_short_form_can_be_used_by_everyone(site, visits, name, scheme, width):
    page = visits.page(viewport={"width": width, "height": 740}, color_scheme=scheme, java_script_enabled=True)
    hands = Hands(page).begin()
    while not hands.is_at_the_end():
        assert_accessible(page)
        if hands.question() == "about age":
            page.click("details.choice-group >> nth=-1")  # something they did, with its hint
            assert_accessible(page)
        hands.one_step(PEOPLE[name].answers)
    assert_accessible(page)
    page.click("details:has(.summary) summary >> nth=0")
    assert_accessible(page)


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_person_whose_fold_is_open_can_be_chosen_by_everyone(site, visits, scheme, width):
    page = visits.page(viewport={"width": width, "height": 740}, color_scheme=scheme, java_script_enabled=True)
    Hands(page).begin()
    folds = page.locator("details.choice-group > summary")
    for place in range(folds.count()):
        folds.nth(place).click()
        page.evaluate("scrollTo(0, 0)")  # what lies under the row of the quick exit cannot be tapped there
        assert_accessible(page)
    assert folds.count() == 6


ABOVE = ("ncii", "doxxing", "sexual_harassment", "child_exploitation", "grooming")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height", "scheme"), [(320, 740, "light"), (320, 256, "dark"), (1280, 740, "dark")])
@pytest.mark.parametrize("category", ABOVE)
def test_help_above_the_answers_can_be_used_by_everyone(site, visits, category, width, height, scheme):
    page = visits.page(viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=True)
    hands = Hands(page).begin()
    for _page in ("who", "category"):
        hands.one_step({"about": "me", "age": "16_17", "category": category})
    assert page.locator("main ol.steps.brief").count()
    assert_accessible(page)
    page.click("main details.disclosure > summary >> nth=0")
    assert_accessible(page)
