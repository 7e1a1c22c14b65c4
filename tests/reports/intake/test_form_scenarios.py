"""Faults that people found in the form."""

import pytest

from education.helplines.selection import wished
from reports.models.case import Case

from .reporter import Reporter, landed


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("safety", "answers"),
    [
        ("self_harm", {"about": "me", "age": "16_17"}),
        ("danger", {"about": "me", "category": "offline_harm", "age": "under_13"}),
        ("safe", {"about": "me", "category": "sextortion", "age": "13_15"}),
    ],
)
def test_child_in_danger_can_submit_few_answers(demo, safety, answers):
    someone = Reporter()
    someone.begin(safety)
    someone.tell(**answers)
    someone.answer(someone.draft.check_number, send="1")
    assert Case.objects.count() == 1


def test_empty_adult_report_needs_one_answer(reporter):
    reporter.tell(about="me", category="scam", age="adult")
    reporter.answer(reporter.draft.check_number, send="1")
    assert not Case.objects.exists()


def test_changed_person_clears_the_age(reporter):
    reporter.tell(about="me", category="cyberbullying", age="adult")
    reporter.tell(about="my_child")
    assert "age" not in reporter.draft.answers
    assert "age" not in reporter.draft.session.data["passed"]


def test_parent_is_not_told_to_have_the_picture(reporter):
    reporter.tell(about="my_child", category="sextortion", age="13_15", whose_picture="other")
    page = reporter.client.get(reporter.url("help_page")).text
    assert "jangan minta melihat gambarnya" in page.lower()
    assert "harus ada di perangkatmu" not in page


def test_blackmail_help_advises_to_stop_paying(reporter):
    reporter.tell(about="me", category="sextortion", age="13_15", whose_picture="me")
    page = reporter.client.get(reporter.url("help_page")).text
    assert "Berhenti membalas dan membayar. Sudah bayar? Kamu boleh berhenti." in page
    assert "biarkan chatnya" in page


def test_alone_reporter_sees_the_numbers_at_once(demo):
    someone = Reporter()
    someone.begin("self_harm")
    someone.tell(about="me", category="self_harm", alone="yes", someone_near="no")
    page = someone.client.get(someone.url("help_page")).text
    assert "tel:119" in page


def test_words_that_are_too_long_come_back_whole(reporter):
    reporter.tell(about="me", category="cyberbullying")
    long = "a" * 1500 + " akhir"
    number = reporter.draft.number_of("words")
    question = reporter.draft.ending
    page = landed(reporter, reporter.answer(number, question=question.key, answer=long))
    assert "akhir" in page
    assert "maxlength" not in page.split("<textarea")[1].split(">")[0]


def test_line_break_counts_once(reporter):
    reporter.tell(about="me", category="cyberbullying")
    number = reporter.draft.number_of("words")
    question = reporter.draft.ending
    answer = reporter.answer(number, question=question.key, answer="a\r\n" * (question.max_length // 2))
    assert answer.status_code == 303


def test_back_after_leaving_says_nothing_of_a_form(reporter):
    address = reporter.url("step", number=2)
    reporter.client.post(reporter.url("leave"), headers={"Sec-Fetch-Site": "same-origin"})
    page = reporter.client.get(address)
    assert page.status_code == 410
    assert "menemukannya" not in page.text
    assert "Formulir" not in page.text


def test_only_the_start_page_is_indexed(reporter):
    assert "noindex" not in reporter.client.get(reporter.url("start")).text
    assert "noindex" in reporter.client.get(reporter.url("step", number=2)).text


def test_suicidal_reporter_sees_no_police_after_submit(demo):
    someone = Reporter()
    someone.begin("self_harm")
    someone.tell(about="me", age="16_17")
    someone.answer(someone.draft.check_number, send="1")
    assert "polri-110" not in wished(someone.draft_session.data["help"]["lines"])


def test_form_of_an_older_draft_is_not_sent(reporter):
    reporter.tell(about="me", category="sextortion", age="13_15")
    old = reporter.draft.form_token
    reporter.begin()
    words = "Dia minta uang lagi, aku takut sekali."
    answer = reporter.answer(reporter.draft.check_number, send="1", of=old, answer=words)
    assert answer.status_code == 409
    assert "dimulai lagi di jendela lain" in answer.text
    assert words in answer.text
    assert not Case.objects.exists()


def test_every_form_names_its_draft(reporter):
    page = reporter.client.get(reporter.url("step", number=2)).text
    assert f'name="of" value="{reporter.draft.form_token}"' in page
