"""What one request of the form costs: derivations of the questions, and database queries."""

import pytest

from reports.intake import draft as drafts

from .reporter import told

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(("key", "answer"), [("category", "scam"), ("words", "aku mau mati aja")])
def test_step_post_derives_the_questions_at_most_thrice(reporter, derivations, key, answer):
    address = reporter.url("step", number=told(reporter).draft.number_of(key))
    derivations.clear()
    assert reporter.client.post(address, {"question": key, "answer": answer}).status_code == 303
    assert len(derivations) <= 3


@pytest.mark.parametrize("page", ["step", "check"])
def test_page_of_the_form_derives_the_questions_once(reporter, derivations, page):
    draft = told(reporter).draft
    address = reporter.url("step", number=draft.check_number if page == "check" else draft.number_of("words"))
    derivations.clear()
    assert reporter.client.get(address).status_code == 200
    assert len(derivations) == 1
