"""Every state has words for the reporter, and each says what is true of it (safety K8)."""

import pytest

from reports.cases.lifecycle import perform
from reports.models import Case
from reports.models.case import Outcome, State
from tests.reports.followup.visitor import open_with, url

pytestmark = pytest.mark.django_db
STATES = {
    "received": "Menunggu dibaca petugas, paling lambat",
    "triage": "Menunggu dibaca petugas, paling lambat",
    "quarantined": "Menunggu dibaca petugas, paling lambat",
    "in_progress": "Ada petugas yang menangani.",
    "waiting_reporter": "Kami punya satu pertanyaan.",
    "escalated": "Petugas khusus sedang menanganinya.",
    "referred": "Sudah diteruskan.",
    "resolved": "Langkah kami selesai.",
}
ENDED = {"closed", "withdrawn", "purged"}  # said by their outcome, with a date, or not at all
OUTCOMES = {
    "done": "Langkah kami selesai.",
    "helped": "Langkah kami selesai.",
    "referred": "Sudah diteruskan.",
    "no_rule": "Itu tidak berarti kamu salah bercerita.",
    "not_enough": "Kami belum punya cukup informasi.",
    "out_of_scope": "Di pesan tertulis siapa yang bisa.",
    "duplicate": "laporanmu membantu.",
    "spam": "Laporan ini ditutup.",
    "withdrawn": "Laporan ini ditutup.",
}


def standing(filed) -> str:
    """The box at the top of a visit."""
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    return page.split('<div class="status')[1].split("</div>")[0]


@pytest.mark.safety("K8")
@pytest.mark.parametrize("state", [state for state in State.values if state not in ENDED])
def test_each_state_has_its_own_status_text(filed, state):
    Case.objects.update(state=state)
    assert STATES[state] in standing(filed)


@pytest.mark.safety("K8")
@pytest.mark.parametrize("outcome", Outcome.values)
def test_each_outcome_of_a_closed_case_has_its_sentence(filed, outcome):
    Case.objects.update(state="closed", outcome=outcome)
    assert OUTCOMES[outcome] in standing(filed)


def test_withdrawn_status_says_deletion_and_cancel(filed):
    perform(filed.case, "withdraw", coerced="no")
    assert "Laporan ini akan dihapus:" in standing(filed)
    assert "Kamu bisa membatalkannya" in standing(filed)
