"""Staff read why a case has its tier before they open anything of its story."""

import pytest
from django.urls import reverse
from django.utils import translation

from reports.cases.lifecycle import perform
from reports.models import Case
from reports.priority import RULES
from reports.triage.why import SENTENCES, why
from tests.cast import GROOMED

pytestmark = pytest.mark.django_db


def in_english(case: Case) -> list[str]:
    with translation.override("en"):
        return [str(sentence) for sentence in why(Case.objects.get(pk=case.pk))]


def test_filed_case_says_why_it_is_urgent(file):
    assert in_english(file(safety="danger").case) == ["someone is in danger now"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("address", ["admin:reports_case_changelist", "admin:reports_case_page"])
def test_row_and_page_say_why_first(file, client, moderator, address):
    case = file(safety="danger").case
    client.force_login(moderator)
    args = [case.reference] if address.endswith("page") else []
    page = client.get(reverse(address, args=args)).content.decode()
    assert "ada yang dalam bahaya sekarang" in page
    assert page.index("ada yang dalam bahaya sekarang") < page.rindex("Dirundung")


def test_words_of_dying_are_the_first_reason(file):
    case = file(safety="danger").case
    perform(case, "reporter_reply", text="", evidence=(), risk=True)
    assert in_english(case) == ["words about dying or self-harm", "someone is in danger now"]


def test_words_of_dying_in_the_form_are_a_reason(file):
    assert in_english(file(risk=True).case)[0] == "words about dying or self-harm"


def test_what_a_person_decided_is_a_reason(filed, moderator):
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "restrict", by=moderator, reason="Ternyata soal gambar anak.")
    assert in_english(filed.case) == ["a staff member restricted it to child safety"]


def test_every_rule_has_a_sentence():
    assert {rule.name for rule in RULES} <= set(SENTENCES)


def test_restricted_case_says_why(file):
    assert in_english(file(base=GROOMED).case)
