"""What one request of the form costs: derivations of the questions, and database queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.intake import draft as drafts
from safetycenter import memory
from safetycenter.page_cache import cache_version

from .reporter import press, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def derivations(monkeypatch):
    """A list with one entry for each time that the questions were derived from answers."""
    calls, derive = [], drafts.sequence

    def counted(answers):
        calls.append(answers)
        return derive(answers)

    monkeypatch.setattr(drafts, "sequence", counted)
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


@pytest.mark.parametrize(("method", "most"), [("get", 1), ("post", 3)])
def test_step_asks_few_queries_once_facts_are_remembered(reporter, writes, method, most):
    address, given = reporter.url("step", number=told(reporter).draft.number_of("how_often")), {"question": "how_often"}
    reporter.client.get(address)
    with CaptureQueriesContext(connection) as queries:
        getattr(reporter.client, method)(address, given | {"answer": "daily"})
    assert len(queries) <= most, queries.captured_queries
