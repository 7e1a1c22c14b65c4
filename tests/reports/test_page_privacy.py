"""What a reporter's pages leave in the browser and show to a person looking on (safety H1, H9, J7)."""

import pytest

from reports.models import Category
from reports.questions import QUESTIONS
from tests.reports import every_page
from tests.reports.every_page import FILE_NAME, STORY
from tests.reports.html import text_fields, translatable, tree
from tests.reports.intake.reporter import Reporter, page_of

pytestmark = pytest.mark.django_db
PRIVATE = {"autocomplete": "off", "spellcheck": "false", "translate": "no"}
CHOSEN = {"one", "many", "category", "evidence", "province"}  # kinds of questions that are answered without typing
TRAP = "website"  # for machines; no person sees it
TITLES = {
    "id": {"Halamanmu – Pusat Keamanan", "Perlu dilihat lagi: Halamanmu – Pusat Keamanan", "Catatan"},
    "en": {"Your page – Safety Center", "Error: Your page – Safety Center", "A note"},
}
BAND = {
    "id": "Contoh saja. Tidak ada yang membaca laporan di sini.",
    "en": "Only an example. Nobody reads reports here.",
}
NO_AUTHORITY = {
    "id": "Bukan pemerintah, bukan polisi. Laporan di sini bukan laporan polisi.",
    "en": "Not the government, not the police. A report here is not a police report.",
}
# These answers lead to more questions.
TELLING = (
    {"about": "me", "age": "16_17"},
    {"about": "my_child", "age": "adult", "money_sent": "yes_24h", "same_school": "pupils", "school_help": "yes"},
)
_made: dict[str, dict[str, str]] = {}


@pytest.fixture(autouse=True)
def demo(categories, in_demo, remembered):
    """The form is open."""


@pytest.fixture(params=["id", pytest.param("en", marks=pytest.mark.slow)])
def language(request) -> str:
    """Each language of the site."""
    return request.param


@pytest.fixture
def pages(language, file) -> dict[str, str]:
    """Every page of a reporter, by name; made once for all tests of this file."""
    if language not in _made:
        filed, withdrawn = file(language), file(language)
        made = every_page.of_the_form(language) | every_page.after_sending(language)
        made |= every_page.of_the_return(filed, language) | every_page.of_the_certificate(withdrawn, language)
        _made[language] = made
    return _made[language]


def open_to_the_browser(page: str) -> list[str]:
    """The fields of a page that the browser may remember, send to a spelling service or translate."""
    fields = [field for field in text_fields(page) if field.get("name") != TRAP]
    return [f"{f.tag} {f.attrib}" for f in fields if PRIVATE.items() - f.attrib.items()]


@pytest.mark.safety("H9")
def test_no_field_is_autofilled_spellchecked_or_translated(pages):
    assert {name: fields for name, page in pages.items() if (fields := open_to_the_browser(page))} == {}
    assert sum(len(text_fields(page)) for page in pages.values()) > 8


def typed_answers(category: str, but: set[str], **answers) -> dict[str, str]:
    """The pages of all questions that this reporter answers by typing, by key; without those in ``but``."""
    reporter = Reporter()
    reporter.begin()
    draft = reporter.draft
    draft.answers |= answers | {"category": category}
    draft.save()
    asked = [question.key for question in draft.steps if question.kind not in CHOSEN]
    return {key: page_of(reporter, key) for key in asked if key not in but}


@pytest.mark.slow
@pytest.mark.safety("H9")
@pytest.mark.parametrize("again", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["once", "each time"])
def test_no_question_is_autofilled_spellchecked_or_translated(again):
    """``again``: in each category that asks it, and not only in the first."""
    walked = set()
    for category in Category.objects.values_list("pk", flat=True):
        for answers in TELLING:
            pages = typed_answers(category, set() if again else walked, **answers)
            walked |= set(pages)
            assert all(text_fields(page) for page in pages.values())
            assert {key: fields for key, page in pages.items() if (fields := open_to_the_browser(page))} == {}
    assert walked == {key for key, question in QUESTIONS.items() if question.kind not in CHOSEN}


@pytest.mark.safety("H9")
@pytest.mark.parametrize("shown_again", ["check", "expired", "begun anew", "ended"])
def test_story_that_is_shown_again_goes_to_no_translator(pages, shown_again):
    assert STORY in pages[shown_again]
    assert STORY not in translatable(pages[shown_again])


@pytest.mark.slow
@pytest.mark.safety("H9")
def test_names_of_files_go_to_no_translator(pages):
    assert any(FILE_NAME in page for page in pages.values())
    assert [name for name, page in pages.items() if FILE_NAME in translatable(page)] == []


@pytest.mark.safety("H9")
def test_every_page_has_a_title_that_tells_nothing(pages, language):
    assert {tree(page).findtext("head/title").strip() for page in pages.values()} <= TITLES[language]


@pytest.mark.safety("H9")
def test_every_page_has_the_neutral_icon(pages):
    icons = {
        name: [link.get("href") for link in tree(page).iter("link") if "icon" in link.get("rel")]
        for name, page in pages.items()
    }
    assert {tuple(found) for found in icons.values()} == {("/static/img/neutral.svg",)}


@pytest.mark.safety("H1")
def test_every_page_of_the_demo_says_that_nobody_reads_it(pages, language):
    assert [name for name, page in pages.items() if BAND[language] not in page] == []


@pytest.mark.safety("J7")
def test_every_page_says_it_is_not_government_or_police(pages, language):
    assert [name for name, page in pages.items() if NO_AUTHORITY[language] not in page] == []
