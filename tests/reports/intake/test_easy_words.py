"""Easier words: chosen in the draft, sealed with the report, read by the desk and used on the page of the code."""

import pytest
from django.test import Client
from django.utils.html import escape

from education.help import help_for
from reports import priority
from reports.crypto.sealed_session import open_by_cookie
from reports.intake.draft import Draft
from reports.models import SealedSession
from reports.models.answers import displayed_answers
from reports.questions import after_sending, before_sending, missing
from reports.questions.wording import EASY, is_easy
from reports.wording.easy_pages import EASY as EASY_PAGES
from reports.wording.easy_questions import EASY as EASY_QUESTIONS
from tests.reports.followup.visitor import open_with
from tests.reports.questions.tier_table import P0, P1, P2, P3, P4

from .reporter import Reporter, check_page, landed, page_of, press, told
from .walk import TO_ADULTS, Walk, found

ASKED = "Mau pakai kata yang lebih mudah?"


def chose_easy(reporter: Reporter, key: str = "about") -> Reporter:
    press(reporter, key, "", easy="1")
    return reporter


def test_first_question_asks_for_easier_words(reporter):
    assert ASKED in page_of(reporter, "about")
    reporter.tell(about="me", age="under_13")
    assert ASKED not in page_of(reporter, "category")


@pytest.mark.parametrize(("language", "heading"), [("id", "Siapa yang melakukannya?"), ("en", "Who does this?")])
def test_easier_words_are_shown_and_taken_back(demo, language, heading):
    someone = Reporter(language)
    someone.begin()
    someone.tell(about="me", age="under_13", category="offline_harm")
    ordinary = page_of(someone, "relation")
    assert heading not in ordinary
    assert heading in page_of(chose_easy(someone, "relation"), "relation")
    press(someone, "relation", "", easy="0")
    assert heading not in page_of(someone, "relation")


def test_choosing_easier_words_keeps_what_was_typed(reporter):
    reporter.tell(about="me", category="cyberbullying", age="under_13")
    page = landed(reporter, press(reporter, "words", "Dia jahat", easy="1"))
    assert "Dia jahat" in page
    assert "words" not in reporter.draft.answers


def test_nothing_but_the_sealed_draft_tells_of_easier_words(reporter):
    before = dict(reporter.client.cookies["session"])
    response = press(reporter, "about", "", easy="1")
    assert response.url == reporter.url("step", number=reporter.draft.number_of("about"))
    assert dict(reporter.client.cookies["session"]) == before
    assert reporter.draft.answers[EASY] == "yes"


def test_no_words_are_demanded_in_easier_words(reporter):
    chose_easy(reporter).tell(about="me", category="cyberbullying", age="under_13")
    reporter.tell(own_image="no")
    page = check_page(reporter)
    assert page.index("Tidak mau menulis? Kosongkan saja") < page.index("<textarea")
    assert "Tidak harus menulis." in page
    reporter.send()
    assert reporter.filed().case.tier is not None


@pytest.mark.safety("H14", "K1")
def test_easier_words_change_no_question_and_no_tier():
    for answers in (*P0.values(), *P1.values(), *P2.values(), *P3.values(), *P4.values()):
        easy = answers | {EASY: "yes"}
        for asked in (before_sending, after_sending):
            assert [question.key for question in asked(easy)] == [question.key for question in asked(answers)]
        assert priority.tier(easy) == priority.tier(answers)
        assert priority.is_restricted(easy) == priority.is_restricted(answers)
        assert len(missing(easy)) == len(missing(answers))


def test_prescribed_sentences_have_no_easier_one():
    prescribed = ("Save the account name", "When a life is in danger", "We cannot send anyone", "Are you safe")
    assert not [text for text in EASY_QUESTIONS | EASY_PAGES if text.startswith(prescribed)]


def test_staff_see_that_easier_words_were_chosen(reporter):
    told(chose_easy(reporter)).send()
    case = reporter.filed().case
    rows = displayed_answers({EASY: "yes", "about": "me"}, case.category)
    assert [row["key"] for row in rows] == ["about", EASY]


def test_page_of_the_code_keeps_the_easier_words(reporter):
    told(chose_easy(reporter)).send()
    visit = open_with(reporter.filed().receipt.code).get(reporter.url("visit")).text
    assert "Petugas akan membacanya paling lambat" in visit
    assert "Mau minta bantuan orang dewasa?" in visit


def test_parent_in_easier_words_is_not_sent_to_an_adult(reporter):
    chose_easy(reporter).tell(about="my_child", category="cyberbullying", age="under_13")
    page = page_of(reporter, "words")
    assert "Kata biasa" in page
    assert "inta bantuan orang dewasa" not in page


def test_need_for_easy_words_counts_as_easier_words():
    assert is_easy({"access_needs": ["text_only", "easy_words"]})
    assert not is_easy({"access_needs": ["text_only"]})


@pytest.mark.parametrize("language", ["id", "en"])
def test_help_in_the_form_is_in_easier_words(demo, language):
    texts = [help_for("cyberbullying", person, language) for person in ("me", "easy")]
    someone = Reporter(language)
    someone.begin()
    chose_easy(someone).tell(about="me", age="under_13", category="cyberbullying")
    page = someone.client.get(someone.url("help_page")).text
    assert [escape(text.title) in page for text in texts] == [False, True]
    assert [escape(text.steps[0]) in page for text in texts] == [False, True]


@pytest.mark.safety("H11")
def test_first_aid_in_easier_words_begins_the_report_in_them(demo):
    client, address = Client(), Reporter().url("first_aid", number=14)
    ordinary = client.get(address)
    assert f'href="{address}?easy=1"' in ordinary.text
    page = client.get(f"{address}?easy=1")
    assert escape(help_for("blackmail", "easy", "id").title) in page.text
    assert f'action="{address}?easy=1"' in page.text
    assert not page.cookies
    client.post(f"{address}?easy=1", headers={"Sec-Fetch-Site": "same-origin"})
    assert Draft(open_by_cookie(client.cookies["session"].value)).answers[EASY] == "yes"


def test_first_aid_of_a_guide_offers_easier_words_and_back(demo):
    address, danger = (Reporter().url("first_aid", number=number) for number in (34, 11))
    assert f'href="{address}?easy=1"' in Client().get(address).text
    page = Client().get(f"{address}?easy=1")
    assert escape(help_for("blackmail", "easy", "id").title) in page.text
    assert f'href="{address}"' in page.text
    assert f'href="{danger}?easy=1"' in page.text
    assert (dict(page.cookies), SealedSession.objects.count()) == ({}, 0)


@pytest.mark.parametrize("query", ["", "?easy=1"])
def test_language_switch_of_first_aid_keeps_the_wording(demo, query):
    here, there = (Reporter(language).url("first_aid", number=14) for language in ("id", "en"))
    assert f'<a class="lang" href="{there}{query}" hreflang="en"' in Client().get(f"{here}{query}").text


@pytest.mark.slow
@pytest.mark.parametrize("category", ["offline_harm", "sextortion", "unsure"])
def test_every_page_can_be_read_in_easier_words(demo, category):
    pages = Walk("me", category, easy=True, age="under_13").through()
    assert not found(TO_ADULTS, pages)
    assert "Minta bantuan orang dewasa" in pages["age"]
