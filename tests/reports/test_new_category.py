"""A category that only these tests declare, from the form to the desk and back: its declaration and row are enough."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.models import Case, Category, Evidence
from reports.questions import QUESTIONS
from reports.questions import category as declarations
from reports.questions.deciding import first_of
from reports.questions.kinds import Choice, Question
from tests.cast import PASSWORD
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, landed, page_of

pytestmark = pytest.mark.django_db

PRETENDS = Question(
    "pretends_how",
    "Bagaimana dia menyamar?",
    "Cara menyamar",
    is_story=True,
    choices=(Choice("photo", "Dengan fotoku", means=("ongoing",)), Choice("name", "Dengan namaku")),
)
NEW = declarations.Category(
    slug="impersonation",
    first=(PRETENDS,),
    decides=first_of(PRETENDS),
    means={"threat": 1},
    restricted=True,
    files_forbidden=True,
    help_pages=("tracked",),
    aid=declarations.FirstAidPage(59, "Disamar"),
)


@pytest.fixture
def reporter(categories, monkeypatch, in_demo):
    """A reporter on a site with the new category, who has answered the question about safety."""
    monkeypatch.setitem(declarations.DECLARED, NEW.slug, NEW)
    monkeypatch.setitem(QUESTIONS, PRETENDS.key, PRETENDS)
    words = {
        "name_ind": "Ada yang menyamar",
        "name_en": "Someone pretends",
        "description_ind": "x",
        "description_en": "x",
    }
    Category.objects.create(
        slug=NEW.slug, group="money", order=125, topic_key="scams", helplines=["polri-110"], **words
    )
    reporter = Reporter()
    reporter.begin()
    return reporter.tell(about="me")


@pytest.fixture
def sent(reporter):
    """The report of an adult in the new category, sent, with its code."""
    reporter.tell(category=NEW.slug, age="adult", pretends_how="photo").send()
    return reporter.filed()


def queue(client, **which) -> str:
    return client.get(reverse("admin:reports_case_changelist"), which).content.decode()


def test_form_offers_a_new_category_and_asks_its_questions(reporter):
    assert "Ada yang menyamar" in page_of(reporter, "category")
    assert reporter.draft.number_of(PRETENDS.key) is None
    reporter.tell(category=NEW.slug)
    assert PRETENDS.heading in page_of(reporter, PRETENDS.key)
    assert reporter.draft.number_of("relation") is None


def test_form_shows_the_help_page_of_a_new_category(reporter):
    number = reporter.draft.number_of("category")
    answer = reporter.answer(number, question="category", answer=NEW.slug)
    assert answer.url == reporter.url("help_page")
    assert reporter.draft.session.data["help"] == "tracked"
    assert landed(reporter, answer)


def test_new_category_has_its_first_aid(reporter):
    address = reporter.url("first_aid", number=NEW.aid.number)
    link = f'href="{address}">Disamar</a>'
    assert link in reporter.client.get(reporter.url("first_aid_list")).text
    reporter.client.post(address, headers={"Sec-Fetch-Site": "same-origin"})
    assert reporter.draft.answers == {"tile": NEW.slug, "category": NEW.slug}


def test_no_file_is_taken_in_a_new_category_that_forbids_it(reporter, settings):
    reporter.tell(category=NEW.slug, age="adult")
    assert reporter.draft.number_of("evidence") is None
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    reporter.client.post(reporter.url("step", number=3), {"question": "evidence", "files": photo})
    assert not Evidence.objects.exists()
    assert not [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()]


def test_case_of_a_new_category_has_its_tier_and_rules(sent):
    case = Case.objects.get()
    assert (case.category_id, case.tier, case.tier_rules) == (NEW.slug, 1, ["threat"])
    assert (case.restricted, case.files_forbidden) == (True, True)
    assert "ongoing" in case.reasons


def test_desk_lists_and_filters_a_case_of_a_new_category(sent, client, child_safety, person):
    client.login(username=child_safety.username, password=PASSWORD)
    assert "Ada yang menyamar" in queue(client, show="waiting")
    assert sent.case.display_reference not in queue(client, show="mine")
    client.force_login(person("moderator"))
    assert sent.case.display_reference not in queue(client, show="waiting")


@pytest.mark.slow
def test_desk_shows_the_answers_of_a_new_category(sent, client, child_safety):
    client.login(username=child_safety.username, password=PASSWORD)
    page = client.get(reverse("admin:reports_case_page", args=[sent.case.reference]), {"words": "1"}).content.decode()
    assert "Ada yang menyamar" in page
    assert (PRETENDS.title in page, "Dengan fotoku" in page) == (True, True)


@pytest.mark.slow
def test_reporter_sees_a_report_of_a_new_category_with_the_code(sent):
    page = open_with(sent.receipt.code).get(url("visit")).content.decode()
    assert sent.case.display_reference in page
    assert 'type="file"' not in page
