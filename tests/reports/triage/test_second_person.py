"""The second person closes by what was done and told, without the story."""

import pytest

from reports.cases.lifecycle import perform
from tests.reports.actions import resolve
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def resolved(restricted, child_safety):
    case = perform(restricted.case, "claim", by=child_safety)
    perform(case, "reply", by=child_safety, text="Akun itu sudah dilaporkan.")
    return resolve(case, child_safety)


@pytest.fixture
def second(client, person):
    client.force_login(person("child-safety", "second"))
    return client


def test_second_person_sees_what_was_done_and_told(resolved, second):
    page = second.get(page_of(resolved)).text
    assert "Akun itu sudah dilaporkan." in page
    assert "Tangani kasus ini" in page
    assert "Dia minta foto." not in page
    assert "ditampilkan kepada petugas penanggung jawab" not in page  # they are on this page


@pytest.mark.slow
def test_no_outcome_is_chosen_for_the_second_person(resolved, second):
    assert act(second, resolved, "close").status_code == 422
    assert act(second, resolved, "close", outcome="helped").status_code == 302


def test_second_person_sends_a_case_back_with_a_reason(resolved, second):
    refused = act(second, resolved, "reopen")
    assert (refused.status_code, 'id="reopen-reason_error"' in refused.text) == (422, True)
    act(second, resolved, "reopen", reason="Tanyakan dulu soal sekolah.")
    resolved.refresh_from_db()
    assert resolved.state == "triage"
    assert resolved.notes.last().text() == "Tanyakan dulu soal sekolah."


def test_second_person_reads_why_nothing_was_told(restricted, child_safety, second):
    case = perform(restricted.case, "claim", by=child_safety)
    resolve(case, child_safety, "resolve_without_message", reason="Pesan bisa dibaca pelaku.")
    assert "Pesan bisa dibaca pelaku." in second.get(page_of(case)).text
