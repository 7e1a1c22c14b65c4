"""A quiz goes live in one language: its readers get new situations, those of the other one keep theirs."""

import pytest

from education.models import Quiz, Revision, State
from education.publishing import translation_status, workflow

from . import factory
from .admin_pages import act, filled, proposal_page

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEW = factory.SCENARIO | {"situation_ind": "Situasi baru.", "situation_en": "New situation.", "guide": None}


@pytest.fixture
def quiz():
    quiz = factory.quiz()
    Revision.objects.record(quiz, None)
    return quiz


def rows(quiz) -> list[dict]:
    return workflow.pending_or_live(quiz)["scenarios"]


def propose(quiz, by, scenarios: list[dict]):
    text = workflow.pending_or_live(quiz) | {"scenarios": [row | {"position": n} for n, row in enumerate(scenarios)]}
    workflow.save_proposal(quiz, by, text)


def live(quiz) -> Quiz:
    return Quiz.objects.get(pk=quiz.pk)


@pytest.fixture
def page(visit):
    """The words that readers see of a quiz in a language."""
    return lambda quiz, code="id": visit(live(quiz), code).text


def test_words_of_a_situation_go_live_in_one_language(quiz, person, signed_in, page):
    (row,) = rows(quiz)
    words = {"situation_ind": "Pesan lain.", "because_1_ind": "Sebab lain.", "situation_en": "Another message."}
    propose(quiz, person("editor"), [row | words])
    client = signed_in("publisher")
    assert [one.code for one in client.get(proposal_page(quiz)).context["ways"]] == ["", "id", "en"]
    act(client, quiz, "publish", only="id")
    assert "Pesan lain." in page(quiz)
    assert "Sebab lain." in page(quiz)
    assert "A message comes." in page(quiz, "en")
    act(client, quiz, "publish")  # one language is no choice where it is all that is left
    assert "Another message." in page(quiz, "en")
    assert Revision.objects.open_proposal(quiz) is None


def test_new_situation_is_missing_in_the_other_language(quiz, person, signed_in, page):
    propose(quiz, person("editor"), [NEW, *rows(quiz)])
    act(signed_in("publisher"), quiz, "publish", only="id")
    assert page(quiz).index("Situasi baru.") < page(quiz).index("Ada pesan.")
    assert "New situation." not in page(quiz, "en")
    assert page(quiz, "en").count("A message comes.") == 1
    assert translation_status.missing_fields(live(quiz), "en") == ["scenarios"]


def test_removed_situation_stays_in_the_other_language(quiz, person, signed_in, page):
    propose(quiz, person("editor"), [NEW])
    client = signed_in("publisher")
    act(client, quiz, "publish", only="id")
    assert "Ada pesan." not in page(quiz)
    assert "A message comes." in page(quiz, "en")
    assert "New situation." not in page(quiz, "en")
    act(client, quiz, "publish")  # one language is no choice where it is all that is left
    assert "A message comes." not in page(quiz, "en")
    assert live(quiz).scenarios.count() == 1


def test_other_language_keeps_how_safe_a_choice_is(quiz, person, signed_in, page):
    (row,) = rows(quiz)
    propose(quiz, person("editor"), [row | {"choice_1_ind": "Tunggu.", "verdict_1": "think"}])
    client = signed_in("publisher")
    act(client, quiz, "publish", only="id")
    assert "A safe step" in page(quiz, "en")
    assert "Langkah yang aman" not in page(quiz)
    assert page(quiz).count("Ada pesan.") == page(quiz, "en").count("A message comes.") == 1
    act(client, quiz, "publish")  # one language is no choice where it is all that is left
    assert "A safe step" not in page(quiz, "en")
    assert live(quiz).scenarios.count() == 1


def test_writer_of_situations_of_a_sensitive_quiz_publishes_no_word_of_them(person, signed_in, client):
    quiz = factory.quiz(sensitive=True)
    Revision.objects.record(quiz, None)
    writer, (row,) = person("publisher", "penulis"), rows(quiz)
    propose(quiz, writer, [row | {"situation_ind": "Pesan lain."}])
    client.force_login(writer)
    act(client, quiz, "publish", only="id")
    assert live(quiz).scenarios.get().situation_ind == "Ada pesan."
    act(signed_in("publisher"), quiz, "publish")
    assert live(quiz).scenarios.get().situation_ind == "Pesan lain."


def test_one_language_of_situations_is_put_back(quiz, person, signed_in, page):
    first, (row,) = Revision.objects.for_item(quiz).get(), rows(quiz)
    propose(quiz, person("editor"), [row | {"situation_ind": "Pesan lain.", "situation_en": "Another message."}])
    act(signed_in("publisher"), quiz, "publish")
    publisher = person("publisher", "kedua")
    workflow.restore(live(quiz), first, ["en"], publisher)
    workflow.publish_only(live(quiz), ["en"], publisher, "Salah.")
    assert "Pesan lain." in page(quiz)
    assert "A message comes." in page(quiz, "en")


def test_first_publication_in_one_language_loses_no_situation(person, signed_in, page):
    quiz = factory.quiz(state=State.DRAFT)
    workflow.save_proposal(quiz, person("editor"), workflow.pending_or_live(quiz))
    client = signed_in("publisher")
    act(client, quiz, "publish", only="id")
    assert live(quiz).scenarios.get().situation_en == ""
    assert filled(client, live(quiz))["scenarios-0-situation_en"] == "A message comes."
    act(client, quiz, "withdraw")
    assert filled(client, live(quiz))["scenarios-0-situation_en"] == "A message comes."
