"""Words about dying in a report about somebody else: help for that person first, and for the reporter too (H5)."""

import pytest
from django.utils.html import escape

from education.help import help_for
from reports.self_harm import whose
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.adding import add
from tests.reports.intake.pages import finish
from tests.reports.intake.reporter import Reporter, landed, skip_deciding

pytestmark = [pytest.mark.django_db, pytest.mark.safety("H5")]
OF_MOTHER = {"about": "my_child", "age": "13_15", "category": "cyberbullying"}
OF_FRIEND = {"about": "friend", "age": "13_15", "category": "self_harm", "whose_life": "friend"}
OF_BULLIED_FRIEND = {"about": "friend", "age": "13_15", "category": "cyberbullying"}
OWN = {"about": "me", "age": "13_15", "category": "cyberbullying"}
MINE = {True: "Atau Anda sendiri yang merasa begitu?", False: "Atau kamu sendiri yang merasa begitu?"}
DONE = "Kalau ada yang terpikir menyakiti diri"


def help_before_the_code(reporter: Reporter, answers: dict, words: str) -> str:
    """Send a report with these words; the page of help before its code."""
    reporter.tell(**answers)
    skip_deciding(reporter)
    return landed(reporter, finish(reporter, words))


def done_page(reporter: Reporter) -> str:
    reporter.client.post(reporter.url("more"), {"help": "1", "finish": "1"})
    return reporter.client.get(reporter.url("done")).text


def own_title() -> str:
    return escape(help_for("life", "me", "id").title)


def title(person: str) -> str:
    return escape(help_for("friend", person, "id").title)


@pytest.mark.parametrize(
    ("answers", "person", "words"),
    [(OF_MOTHER, "child", "Anakku bilang mau mati."), (OF_FRIEND, "friend", "Temanku bilang dia mau bunuh diri.")],
)
def test_help_speaks_of_the_person_in_danger_first(reporter, answers, person, words):
    page = help_before_the_code(reporter, answers, words)
    assert page.index(f"<h1>{title(person)}") < page.index(MINE[person == "child"]) < page.index("tel:119")


def test_last_page_has_help_for_both(reporter):
    help_before_the_code(reporter, OF_MOTHER, "Anakku bilang mau mati.")
    reporter.client.post(reporter.url("code"), {"help": "1"})
    reporter.client.post(reporter.url("code"))
    page = reporter.client.get(reporter.url("done")).text
    assert 0 < page.find(DONE) < page.find("Kalau Anda terpikir menyakiti diri")


def test_own_words_get_the_page_for_oneself(reporter):
    page = help_before_the_code(reporter, OWN, "Aku mau mati.")
    assert f"<h1>{escape(help_for('life', 'me', 'id').title)}" in page
    assert (MINE[False] in page, title("friend") in page) == (False, False)


def test_words_added_after_sending_speak_of_that_person_too(reporter):
    reporter.tell(**OF_MOTHER, words="Anakku diejek.")
    reporter.send()
    reporter.client.post(reporter.url("code"))
    add(reporter, "account_or_link", "Anakku bilang mau mati")
    assert f"<h1>{title('child')}" in reporter.client.get(reporter.url("more")).text
    reporter.client.post(reporter.url("more"), {"help": "1", "finish": "1"})
    assert DONE in reporter.client.get(reporter.url("done")).text


def test_page_behind_the_code_has_help_for_somebody_else(file):
    visit = open_with(file(age="adult").receipt.code)
    visit.post(url("write"), {"text": "temanku mau bunuh diri"})
    page = visit.get(url("visit")).text
    assert "Ini tentang orang lain?" in page
    assert escape(help_for("friend", "friend", "id").lines[0]) in page


def test_who_said_to_want_to_die_gets_the_own_page_also_in_a_report_about_a_friend(reporter):
    reporter.begin("self_harm")
    page = help_before_the_code(reporter, OF_BULLIED_FRIEND, "aku mau mati")
    assert f"<h1>{own_title()}" in page
    assert "Ini tentang orang lain?" not in page


def test_who_said_to_want_to_die_gets_the_own_page_also_after_an_addition(reporter):
    reporter.begin("self_harm")
    reporter.tell(**OF_BULLIED_FRIEND, words="Temanku diejek.")
    reporter.send()
    reporter.client.post(reporter.url("code"))
    add(reporter, "account_or_link", "aku mau mati")
    page = reporter.client.get(reporter.url("more")).text
    assert (f"<h1>{own_title()}" in page, "Ini tentang orang lain?" in page) == (True, False)
    assert DONE not in done_page(reporter)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (OF_FRIEND, "Temanku mengejek aku terus aku mau mati."),
        (OF_FRIEND, "mau mati"),
        ({"about": "public_post", "age": "13_15", "category": "cyberbullying"}, "Dia bilang mau mati."),
    ],
)
def test_own_help_comes_first_if_the_words_may_be_of_the_reporter(reporter, answers, words):
    page = help_before_the_code(reporter, answers, words)
    assert 0 < page.index(f"<h1>{own_title()}") < page.index("tel:119") < page.index("Ini tentang orang lain?")
    reporter.client.post(reporter.url("code"), {"help": "1"})
    reporter.client.post(reporter.url("code"))
    last = reporter.client.get(reporter.url("done")).text
    assert 0 < last.index("Kalau kamu terpikir menyakiti diri") < last.index(DONE)


@pytest.mark.parametrize(
    "words", ["Temanku mau bunuh diri.", "Dia bilang: aku mau mati", "My friend wants to die and I don't know why"]
)
def test_words_about_somebody_else_are_noticed(words):
    assert whose.is_of_another(words)


@pytest.mark.parametrize(
    "words", ["Aku bilang ke temanku mau mati.", "Temanku mau mati. Aku juga mau mati.", "mau mati"]
)
def test_words_that_may_be_of_the_writer_are_not_those_of_somebody_else(words):
    assert not whose.is_of_another(words)


def test_whose_life_it_is_counts_also_when_it_is_said_after_sending(reporter):
    page = help_before_the_code(reporter, {"about": "me", "age": "13_15", "category": "self_harm"}, "mau mati")
    assert "Ini tentang orang lain?" not in page
    reporter.client.post(reporter.url("code"), {"help": "1"})
    reporter.client.post(reporter.url("code"))
    add(reporter, "whose_life", "friend")
    assert DONE in done_page(reporter)


@pytest.mark.safety("H5")
@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("temen gue mau bunuh diri", True),
        ("i think my friend wants to kill himself", True),
        ("dia jahat aku mau mati takut banget", False),
        ("istri aku pergi aku mau mati", False),
        ("dia jahat, aku harus mati", False),
    ],
)
def test_who_is_near_the_writer_is_somebody_else(text, is_other):
    assert whose.is_of_another(text) == is_other
