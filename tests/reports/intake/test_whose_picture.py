"""Whose picture it is decides which help is shown: tools that need the picture only for one's own (H27)."""

import re

import pytest

from reports.models import Case
from reports.questions import sequence, uploads
from reports.questions.category import DECLARED, Picture
from tests import launch_content

from .adding import left
from .reporter import Reporter, landed

pytestmark = pytest.mark.django_db
TOOLS = ("takeitdown.ncmec.org", "stopncii.org")
ABOUTS = ("me", "my_child", "my_student", "friend", "stranger", "public_post", "my_own_doing")
WITH_PICTURES = [slug for slug, category in DECLARED.items() if category.picture is Picture.ALWAYS]
# Where nobody is asked about an own picture: it would not change which help is shown.
WITHOUT_PICTURES = [slug for slug, category in DECLARED.items() if category.picture is Picture.NOT_ASKED]
# Every voice with every category, and each answer to "whose picture?" with each of both.
NOT_MINE = ("other", "none", "unknown", None)
OF_ANOTHER = [
    (about, category, NOT_MINE[(voice + place) % len(NOT_MINE)])
    for voice, about in enumerate(ABOUTS)
    for place, category in enumerate(WITH_PICTURES)
]
NO_FAULT = {"id": "bukan salahmu", "en": "not your fault"}


@pytest.fixture(autouse=True)
def helplines(demo):
    """The real helplines."""
    launch_content.load(for_search=False)


def walked(language="id", **answers) -> tuple[str, Reporter]:
    """All pages that a reporter meets who sends the form, and then adds what is left, as one text.

    Without the list of categories, which describes each of them.
    """
    reporter, pages = Reporter(language), []
    reporter.begin()
    while (number := reporter.draft.next_new_number) != reporter.draft.check_number:
        for question in reporter.draft.questions_at(number):
            pages.append(landed(reporter, _answered(reporter, number, question.key, answers.get(question.key))))
            if reporter.draft_session.data["help"]:
                pages.append(landed(reporter, reporter.client.post(reporter.url("help_page"))))
    ending = reporter.draft.ending.key
    reporter.answer(reporter.draft.check_number, send="1", ending=ending, answer=answers.get(ending, ""))
    reporter.client.post(reporter.url("code"))
    pages.append(reporter.client.get(reporter.url("done")).text)
    pages += added(reporter, answers)
    return "".join(page for page in pages if 'name="question" value="category"' not in page), reporter


def added(reporter, answers) -> list[str]:
    """The pages on which everything else can be added."""
    pages = []
    while left(reporter):
        pages.append(page := reporter.client.get(reporter.url("more")).text)
        asked = re.search(r'name="question" value="(\w+)"', page)
        value = answers.get(asked[1]) if asked else None
        button = {"answer": value} if value else {"skip": "1"}
        reporter.client.post(reporter.url("more"), {"question": asked[1], **button} if asked else {"help": "1"})
    return pages


def _answered(reporter, number, key, value):
    button = {"answer": value} if value else {"skip": "1"}
    return reporter.answer(number, question=key, **button)


@pytest.mark.sampled(5)
@pytest.mark.safety("H27")
@pytest.mark.parametrize(("about", "category", "whose"), OF_ANOTHER)
def test_no_tool_is_shown_for_a_picture_of_another(category, about, whose):
    text, _reporter = walked(about=about, category=category, age="13_15", whose_picture=whose, words="Tolong.")
    asked = without_conditions(text)
    assert [tool for tool in TOOLS if tool in asked] == []
    assert (asked == text) or about == "me"


@pytest.mark.slow
@pytest.mark.parametrize(("age", "is_named"), [("13_15", True), ("adult", False)])
def test_carer_reads_of_take_it_down_for_a_minor_only(age, is_named):
    text, _reporter = walked(about="my_child", category="ncii", age=age, whose_picture="other", words="Tolong.")
    assert ("Take It Down" in text) == is_named


@pytest.mark.slow
@pytest.mark.sampled(5)
@pytest.mark.safety("H27")
@pytest.mark.parametrize("about", ABOUTS[1:])
@pytest.mark.parametrize("category", ["cyberbullying", "threats_stalking", "unsure"])
def test_picture_of_the_person_concerned_is_not_the_reporters(category, about):
    text, _reporter = walked(about=about, category=category, age="adult", own_image="yes", words="Tolong.")
    assert [tool for tool in TOOLS if tool in text] == []


@pytest.mark.safety("H27")
def test_whose_picture_is_asked_before_any_tool():
    combinations = [(category, about) for category in DECLARED for about in ABOUTS]
    assert [combination for combination in combinations if not is_asked_rightly(*combination)] == []


def is_asked_rightly(category, about) -> bool:
    """Whether "whose picture?" is asked exactly where a tool could be shown."""
    answers = {"about": about, "category": category, "own_image": "yes", "age": "adult"}
    asked = {question.key for question in sequence(answers)}
    pictures = category in WITH_PICTURES or (about == "my_own_doing" and "own_image" in asked)
    known = about != "me" or pictures or "own_image" in asked or category in WITHOUT_PICTURES
    return ("whose_picture" in asked) == pictures and known


def without_conditions(text: str) -> str:
    """The pages without the fold that names each tool below its condition, before it is known whose picture it is."""
    return re.sub(r"<summary>Ini gambarmu\? Take It Down</summary>.*?</form>", "", text, flags=re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("category", ["sextortion", "ncii", "csam", "cyberbullying"])
@pytest.mark.parametrize("about", ["me", "my_own_doing"])
def test_ones_own_picture_brings_the_tool_for_a_child(category, about):
    told = {"own_image": "yes", "whose_picture": "me", "words": "Tolong.", "account_or_link": "@akun"}
    text, _reporter = walked(about=about, category=category, age="13_15", **told)
    assert (TOOLS[0] in text, TOOLS[1] in text) == (True, False)


@pytest.mark.sampled(7)
@pytest.mark.safety("H27")
@pytest.mark.parametrize(("minor", "tool"), [("yes", 0), ("unknown", 0), ("no", 1)])
@pytest.mark.parametrize("category", ["sextortion", "ncii", "cyberbullying", "grooming", "doxxing"])
def test_adult_is_shown_one_tool_by_the_age_in_the_picture(category, minor, tool):
    told = {"own_image": "yes", "whose_picture": "me", "picture_minor": minor, "words": "Tolong."}
    text, _reporter = walked(about="me", category=category, age="adult", **told)
    asked = without_conditions(text)
    assert TOOLS[tool] in asked
    assert f'href="https://{TOOLS[1 - tool]}' not in asked


@pytest.mark.sampled(13)
@pytest.mark.safety("H27")
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("category", ["sextortion", "ncii", "csam", "sexual_harassment", "cyberbullying"])
@pytest.mark.parametrize("age", ["13_15", "adult"])
def test_sharer_is_not_told_it_is_not_their_fault(language, category, age):
    told = {"own_image": "yes", "whose_picture": "other", "words": "Aku menyebarkan fotonya."}
    text, _reporter = walked(language, about="my_own_doing", category=category, age=age, **told)
    assert NO_FAULT[language] not in text.lower()


@pytest.mark.slow
@pytest.mark.parametrize("about", ["my_child", "my_student", "friend", "stranger"])
def test_nobody_else_is_told_that_it_is_not_their_fault(about):
    text, _reporter = walked(about=about, category="sextortion", age="13_15", whose_picture="other", words="Tolong.")
    assert NO_FAULT["id"] not in re.sub("“[^”]*”", "", text).lower()  # in quotes: what to say to the person concerned
    assert "di ponselmu sendiri" not in text


def test_pictured_child_choosing_csam_gets_fitting_words():
    told = {"whose_picture": "me", "account_or_link": "@akun"}
    text, _reporter = walked(about="me", category="csam", age="13_15", **told)
    assert "Terima kasih sudah peduli" not in text
    assert "bukan salahmu" in text


def test_blackmail_help_does_not_depend_on_whose_picture():
    text, _reporter = walked(about="me", category="sextortion", age="13_15", words="Tolong.")
    assert "Berhenti membalas" in text


@pytest.mark.slow
@pytest.mark.parametrize("then", ["scam", "account_abuse", "hate_extremism"])
def test_naked_picture_is_remembered_when_the_category_changes(reporter, then):
    reporter.tell(about="me", category="cyberbullying", age="adult", own_image="yes")
    reporter.tell(category=then)
    assert (reporter.draft.allowed_files, reporter.draft.number_of("evidence")) == ("none", None)


def test_naked_picture_is_remembered_after_sending(reporter, child_safety):
    reporter.tell(about="me", category="cyberbullying", age="16_17", own_image="yes")
    reporter.tell(category="scam", words="Uangku hilang.").send()
    case = Case.objects.get()
    assert (case.tier, case.restricted) == (0, True)
    assert uploads({"category": "scam", "age": "adult", "image_told": "yes"}) == "none"
