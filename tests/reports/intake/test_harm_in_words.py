"""Harm that is only written in the text raises a report, and restricts that of a child under 13 (H28)."""

import pytest

from reports.cases.lifecycle import perform
from reports.models import Case
from reports.questions import sequence
from reports.triage.case_view import CaseView
from tests.reports.followup.visitor import open_with
from tests.reports.followup.visitor import url as return_url

from .reporter import Reporter, landed

pytestmark = pytest.mark.django_db


def sent(reporter: Reporter, **answers) -> Case:
    """The case of a report that was filled in and sent."""
    reporter.tell(**answers).send()
    return Case.objects.get()


@pytest.mark.safety("H28")
def test_child_who_tells_of_a_sexual_request_is_seen_first(reporter):
    words = "kakak kelas minta fotoku telanjang"
    case = sent(reporter, about="me", category="unsure", age="under_13", words=words)
    assert (case.tier, case.restricted) == (0, True)


@pytest.mark.sampled(8)
@pytest.mark.safety("H28")
@pytest.mark.parametrize("words", ["dia mau bunuh aku", "aku dipukul ayah tiap hari", "dia minta pap"])
@pytest.mark.parametrize("category", ["scam", "account_abuse", "cyberbullying"])
def test_child_under_13_is_p0_in_any_category(reporter, category, words):
    case = sent(reporter, about="me", category=category, age="under_13", words=words)
    assert (case.tier, case.restricted) == (0, True)


@pytest.mark.safety("H28")
@pytest.mark.parametrize(("age", "words"), [("adult", "he said he will kill me"), ("16_17", "dia minta pap")])
def test_harm_in_words_raises_for_everybody(reporter, age, words):
    case = sent(reporter, about="me", category="account_abuse", age=age, words=words)
    assert (case.tier, case.restricted) == (1, age != "adult")


@pytest.mark.safety("H28")
@pytest.mark.parametrize(
    ("age", "number", "restricted"), [("13_15", 0, True), ("unknown", 0, True), ("adult", 1, False)]
)
@pytest.mark.parametrize("category", ["cyberbullying", "account_abuse"])
def test_blackmail_in_words_raises_in_any_category(reporter, category, age, number, restricted):
    words = "dia ancam sebar videoku kalau aku tidak bayar"
    case = sent(reporter, about="me", category=category, age=age, words=words)
    assert (case.tier, case.restricted) == (number, restricted)


def test_threat_in_words_shows_where_help_is_once(reporter):
    reporter.tell(about="me", category="scam", age="adult")
    number = reporter.draft.number_of("words")
    page = landed(reporter, reporter.answer(number, question="words", answer="dia mau bunuh aku"))
    assert "tel:110" in page
    assert reporter.answer(number, question="words", answer="dia mau bunuh aku").url != reporter.url("help_page")


@pytest.mark.safety("H28")
def test_unsure_category_asks_about_sexual_or_violent_first():
    keys = [question.key for question in sequence({"about": "me", "category": "unsure"})]
    assert keys.index("sexual_or_violent") < keys.index("relation")
    assert "sexual_or_violent" not in [question.key for question in sequence({"about": "me", "category": "scam"})]


@pytest.mark.safety("H28")
def test_harm_in_a_message_raises_the_case_and_closes_it(file, moderator, child_safety):
    filed = file(age="under_13", words="Dia mengejek.")
    assert Case.objects.visible_to(moderator).exists()
    open_with(filed.receipt.code).post(return_url("write"), {"text": "dia mau bunuh aku"})
    case = Case.objects.visible_to(child_safety).get()
    assert (case.tier, case.restricted) == (0, True)
    assert not Case.objects.visible_to(moderator).exists()
    assert [row["text"] for row in CaseView(case).thread()] == ["dia mau bunuh aku"]


def test_harm_in_a_message_unassigns_ordinary_handler(file, moderator, child_safety):
    filed = file(age="16_17")
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "note", by=moderator, text="Catatan.")
    open_with(filed.receipt.code).post(return_url("write"), {"text": "dia minta fotoku telanjang"})
    case = Case.objects.visible_to(child_safety).get()
    assert (case.handler, case.state, case.tier) == (None, "triage", 1)
    assert [row["text"] for row in CaseView(case).notes()] == ["Catatan."]


@pytest.mark.safety("H28")
def test_blackmail_in_a_message_raises_the_case_and_closes_it(file):
    filed = file(age="13_15", words="Dia mengejek.")
    open_with(filed.receipt.code).post(return_url("write"), {"text": "kalo gak transfer video gue disebar"})
    case = Case.objects.get(pk=filed.case.pk)
    assert (case.tier, case.restricted) == (0, True)


def test_ordinary_words_change_nothing(file, moderator):
    filed = file()
    open_with(filed.receipt.code).post(return_url("write"), {"text": "Dia masih mengejek."})
    assert Case.objects.visible_to(moderator).get().tier == filed.case.tier


def test_only_the_kind_of_harm_is_kept_beside_the_words(reporter):
    reporter.tell(about="me", category="scam", age="adult", words="dia mau bunuh aku")
    assert reporter.draft.answers["in_words"] == ["threat_to_kill"]
