"""Money was sent to a person who threatens to spread a picture: then it is blackmail, whatever was pressed first."""

import pytest
from django.test import Client
from django.utils.html import escape

from education.help import help_for
from reports.models import Case
from reports.questions import sequence, uploads
from tests import launch_content

from .reporter import Reporter, page_of

pytestmark = pytest.mark.django_db
PAID = {"about": "me", "category": "scam", "money_sent": "yes_24h"}
THREATENED = PAID | {"picture_threat": "yes"}


def paid(reporter: Reporter, **answers) -> Reporter:
    """A reporter who has told that money was sent today, and this."""
    return reporter.tell(**PAID | answers)


def sent(reporter: Reporter) -> Case:
    """The case of the report, once it is sent."""
    reporter.send()
    return Case.objects.get()


@pytest.mark.safety("H5", "H16", "H28")
@pytest.mark.parametrize("age", ["under_13", "13_15", "16_17", "unknown"])
def test_child_who_paid_a_blackmailer_is_p0_and_restricted(reporter, age):
    case = sent(paid(reporter, age=age, picture_threat="yes"))
    assert (case.tier, case.restricted, case.files_forbidden, case.category_id) == (0, True, True, "sextortion")


@pytest.mark.safety("K7")
def test_adult_who_paid_a_blackmailer_is_blackmailed_too(reporter):
    case = sent(paid(reporter, age="adult", picture_threat="yes"))
    assert (case.restricted, case.files_forbidden, case.category_id) == (False, True, "sextortion")


@pytest.mark.safety("H16")
def test_who_is_not_threatened_reports_a_scam(reporter):
    case = sent(paid(reporter, age="adult", picture_threat="no"))
    assert (case.tier, case.files_forbidden, case.category_id) == (1, False, "scam")


@pytest.mark.safety("H5")
def test_child_who_paid_reads_the_help_against_blackmail(reporter):
    launch_content.load(for_search=False)
    paid(reporter, age="13_15", picture_threat="yes")
    assert reporter.draft.session.data["shown"] == ["money"]  # the bank comes first: it may still stop the payment
    assert escape(help_for("sextortion", "me", "id").title) in reporter.client.get(reporter.url("help_page")).text


@pytest.mark.safety("H5")
def test_report_of_who_paid_a_blackmailer_ends_with_help_for_life(reporter):
    launch_content.load(for_search=False)
    paid(reporter, age="13_15", picture_threat="yes").send()
    reporter.client.post(reporter.url("code"))
    assert 'data-rule="H5"' in reporter.client.get(reporter.url("done")).text


@pytest.mark.safety("H28")
def test_money_and_the_threat_share_a_page(reporter):
    reporter.tell(about="me", age="13_15", category="scam")
    assert 'name="picture_threat-answer"' in page_of(reporter, "money_sent")


def test_blackmail_is_asked_about_on_the_page_after_the_threat(reporter):
    paid(reporter, age="13_15", picture_threat="yes")
    assert reporter.draft.number_of("threats_now") == reporter.draft.number_of("picture_threat") + 1


def test_threat_that_was_pressed_by_mistake_can_be_taken_back(reporter):
    paid(reporter, age="under_13", picture_threat="yes").tell(picture_threat="no")
    assert "threats_now" not in {question.key for question in sequence(reporter.draft.answers)}


@pytest.mark.safety("K7")
def test_threat_that_is_added_after_sending_forbids_files(reporter):
    paid(reporter, age="adult").send()
    reporter.client.post(reporter.url("code"))
    reporter.client.post(reporter.url("more"), {"question": "picture_threat", "answer": "yes"})
    case = Case.objects.get()
    assert (case.tier, case.files_forbidden) == (0, True)


@pytest.mark.parametrize("age", ["under_13", "16_17", "adult", "unknown"])
def test_threat_forbids_files_at_any_age(age):
    assert uploads(THREATENED | {"age": age}) == "none"


def test_threat_of_an_earlier_matter_turns_no_other_report():
    answers = THREATENED | {"category": "account_abuse", "age": "adult"}
    assert "threats_now" not in {question.key for question in sequence(answers)}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.usefixtures("demo")
def test_first_aid_for_money_leads_to_that_for_blackmail(language):
    reporter = Reporter(language)
    page = Client().get(reporter.url("first_aid", number=15)).text
    assert f'href="{reporter.url("first_aid", number=14)}"' in page
