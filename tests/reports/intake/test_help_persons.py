"""Each help page of a category speaks to the person who reports, in both languages."""

import pytest
from django.utils.html import escape

from education.help import help_for
from reports.intake.help_pages import PERSONS
from reports.questions.category import DECLARED, Picture
from tests.reports.intake.reporter import Reporter, page_of

pytestmark = pytest.mark.django_db
ABOUTS = {**PERSONS, "me": "me", "my_own_doing": "did_it"}
WITH_PAGE = [slug for slug, category in DECLARED.items() if category.help_pages]


@pytest.fixture(autouse=True)
def form(categories, in_demo, remembered):
    """The form is open."""


def pages_after_category(about: str, category: str, language: str) -> str:
    """All help pages after the choice of the category, or the page whose question has the help above it."""
    reporter, pages = Reporter(language), []
    reporter.begin()
    reporter.tell(about=about, category=category)
    while reporter.draft_session.data["help"]:
        pages.append(reporter.client.get(reporter.url("help_page")).text)
        reporter.client.post(reporter.url("help_page"))
    if reporter.draft.has_help_above:
        pages.append(page_of(reporter, reporter.draft._deciding_page[0].key))
    return "".join(pages)


def test_teacher_reads_what_a_teacher_can_do():
    page = pages_after_category("my_student", "cyberbullying", "id")
    assert escape(help_for("cyberbullying", "pupil", "id").title) in page
    assert escape(help_for("cyberbullying", "me", "id").title) not in page


@pytest.mark.safety("H3", "A3")
@pytest.mark.parametrize(("language", "heading"), [("id", "Tidak bisa bicara? Chat saja"), ("en", "Just chat")])
@pytest.mark.parametrize("about", sorted({*PERSONS, "me"}))
def test_person_who_must_be_silent_is_offered_the_chat(about, language, heading):
    assert heading in pages_after_category(about, "offline_harm", language)


@pytest.mark.parametrize(
    ("language", "help_for_another"),
    [("id", ["boleh mencarikannya bantuan", "sendirian"]), ("en", ["call for help for someone else", "alone"])],
)
def test_neighbour_may_call_help_for_another(language, help_for_another):
    page = pages_after_category("stranger", "offline_harm", language)
    assert [words in page for words in help_for_another] == [True, True]


def test_nobody_ever_needs_to_see_the_picture():
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="stranger", category="offline_harm")
    assert "Kami tidak pernah perlu melihatnya" in page_of(reporter, "own_image")


def numbers_in(page: str) -> tuple[bool, bool]:
    """Whether the page, and what is beside it on a wide screen, have a number or a chat."""
    main, beside = page.split("<main")[1].split("</main>")[0].split('<aside class="side"')
    return tuple("tel:" in part or "wa.me" in part for part in (main, beside))


@pytest.mark.parametrize("category", [slug for slug, category in DECLARED.items() if category.help_above])
def test_number_of_the_help_above_a_question_is_not_beside_it_too(category):
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="me", age="16_17", category=category)
    assert numbers_in(page_of(reporter, "about")) == (False, True)
    assert numbers_in(page_of(reporter, reporter.draft._deciding_page[0].key)) == (True, False)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("about", ABOUTS)
def test_every_category_page_speaks_to_its_reader(about, language):
    for category in WITH_PAGE:
        page = pages_after_category(about, category, language)
        titles = {person: escape(help_for(category, person, language).title) for person in set(ABOUTS.values())}
        shown = {title for title in titles.values() if title in page}
        own_page = about == "my_own_doing" and DECLARED[category].picture is Picture.ALWAYS  # it replaces this one
        assert shown == (set() if own_page else {titles[ABOUTS[about]]}), category
