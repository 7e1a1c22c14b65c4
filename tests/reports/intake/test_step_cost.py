"""What one request of the form costs: derivations of the questions, and database queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.intake import steps
from safetycenter import memory
from safetycenter.page_cache import cache_version
from safetycenter.templatetags.kept import KeptNode

from .reporter import press, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def derivations(monkeypatch):
    """A list with one entry for each time that the questions were derived from answers."""
    calls, derive = [], steps.sequence

    def counted(answers):
        calls.append(answers)
        return derive(answers)

    monkeypatch.setattr(steps, "sequence", counted)
    monkeypatch.setattr("reports.questions.sequence", counted)
    return calls


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("key", "answer"), [("category", "scam"), ("words", "aku mau mati aja")])
def test_step_post_derives_the_questions_at_most_thrice(reporter, derivations, key, answer):
    address = reporter.url("step", number=told(reporter).draft.number_of(key))
    derivations.clear()
    assert reporter.client.post(address, {"question": key, "answer": answer}).status_code == 303
    assert len(derivations) <= 3


@pytest.mark.sampled(2)
@pytest.mark.parametrize("page", ["step", "check"])
def test_page_of_the_form_derives_the_questions_once(reporter, derivations, page):
    draft = told(reporter).draft
    address = reporter.url("step", number=draft.check_number if page == "check" else draft.number_of("words"))
    derivations.clear()
    assert reporter.client.get(address).status_code == 200
    assert len(derivations) == 1


WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def writes(monkeypatch):
    """``writes(ask)``: the SQL statements that change something while ``ask`` runs, as on a running site."""
    monkeypatch.setattr(memory, "CACHE_SECONDS", 60)

    def of(ask) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            ask()
        return [query["sql"] for query in queries.captured_queries if query["sql"].startswith(WRITES)]

    return of


@pytest.mark.sampled(3)
@pytest.mark.safety("H5")
@pytest.mark.parametrize("button", ["answer", "skip", "stay", "back", "finish"])
def test_words_about_dying_are_saved_with_the_words(reporter, writes, button):
    address = reporter.url("step", number=told(reporter).draft.number_of("words"))
    given = {"question": "words", "answer": "aku mau mati aja", button: "aku mau mati aja"}
    assert len(writes(lambda: reporter.client.post(address, given))) == 1
    assert reporter.draft.answers["risk"] == "yes"
    assert reporter.draft_session.data["help"] == "life"


def test_reading_the_form_writes_nothing(reporter, writes):
    cache_version.current()  # the first request to a new site creates the row
    draft = told(reporter).draft
    steps = [reporter.url("step", number=number) for number in range(draft.check_number + 1)]
    assert writes(lambda: [reporter.client.get(address) for address in steps]) == []
    press(reporter, "words", "aku mau mati aja")
    assert writes(lambda: reporter.client.get(reporter.url("help_page"))) == []


@pytest.mark.parametrize(("key", "answer"), [("how_often", "daily"), ("category", "scam")])
@pytest.mark.parametrize(("method", "most"), [("get", 1), ("post", 2)])
def test_step_asks_few_queries_once_facts_are_remembered(reporter, writes, method, most, key, answer):
    address = reporter.url("step", number=told(reporter).draft.number_of(key))
    reporter.client.get(address)
    with CaptureQueriesContext(connection) as queries:
        getattr(reporter.client, method)(address, {"question": key, "answer": answer})
    assert len(queries) <= most, queries.captured_queries


@pytest.fixture
def plans(monkeypatch):
    """A list with one entry for each time that the pages of a draft were derived from its answers."""
    made, make = [], steps.Steps._make_plan
    monkeypatch.setattr(steps.Steps, "_make_plan", lambda draft: made.append(draft) or make(draft))
    return made


@pytest.mark.parametrize(("method", "most"), [("get", 1), ("post", 3)])
def test_pages_of_a_draft_are_derived_once_for_the_same_answers(reporter, plans, method, most):
    address = reporter.url("step", number=told(reporter).draft.number_of("category"))
    plans.clear()
    getattr(reporter.client, method)(address, {"question": "category", "answer": "scam"})
    assert 1 <= len(plans) <= most


def test_frame_of_a_page_is_made_once_for_everybody(reporter, writes, monkeypatch):
    made, make = [], KeptNode._made
    monkeypatch.setattr(KeptNode, "_made", lambda node, *given: made.append(node) or make(node, *given))
    address = reporter.url("step", number=told(reporter).draft.number_of("category"))
    reporter.client.get(address)
    assert len(made) >= 8
    made.clear()
    assert reporter.client.get(address).status_code == 200
    assert made == []
