"""Every state has words for the reporter, and each says what is true of it (safety K8)."""

import pytest
from django.utils import translation

from reports.cases.lifecycle import perform
from reports.followup import words
from reports.triage.forms import CloseForm
from tests.reports.followup.visitor import open_with, url
from tests.reports.states import REACHED, filed_in

pytestmark = pytest.mark.django_db
STATES = {
    "received": "Menunggu dibaca petugas, paling lambat",
    "triage": "Sudah dibaca petugas.",
    "quarantined": "Menunggu dibaca petugas, paling lambat",
    "in_progress": "Ada petugas yang menangani.",
    "waiting_reporter": "Kami punya satu pertanyaan.",
    "escalated": "Petugas lain akan melihatnya, paling lambat",
    "referred": "Sudah diteruskan.",
    "resolved": "Bagian kami sudah selesai.",
}
ENDED = {"closed", "withdrawn", "purged"}  # said by their outcome, with a date, or not at all
OUTCOMES = {
    "done": "Bagian kami sudah selesai.",
    "helped": "Bagian kami sudah selesai.",
    "referred": "Sudah diteruskan.",
    "no_rule": "Bukan berarti kamu salah karena bercerita.",
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


@pytest.mark.sampled(5)
@pytest.mark.safety("K8")
@pytest.mark.parametrize("state", [state for state in REACHED if state not in ENDED])
def test_each_state_has_its_own_status_text(file, moderator, clock, state):
    filed = filed_in(state, file, moderator)
    clock(seconds=11)  # what staff sent can be read
    assert STATES[state] in standing(filed)


def test_late_report_is_promised_no_place_in_the_queue(filed, clock):
    """Others may be more urgent or wait longer, and many from one network take turns (docs/priority.md)."""
    clock(days=10)
    said = standing(filed)
    assert "Petugas kini wajib melihatnya secepat mungkin." in said
    assert not any(word in said for word in ("lebih dulu", "mendahulukan"))


@pytest.mark.sampled(4)
@pytest.mark.safety("K8")
@pytest.mark.parametrize(
    "outcome", [key for key, _label in CloseForm.base_fields["outcome"].choices if key != "referred"]
)
def test_each_outcome_of_a_closed_case_has_its_sentence(filed, moderator, outcome):
    case = perform(filed.case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Ini hasilnya.")
    perform(case, "close", by=moderator, outcome=outcome)
    assert OUTCOMES[outcome] in standing(filed)


@pytest.mark.safety("K8")
@pytest.mark.parametrize(("column", "value"), [("state", "referred"), ("outcome", "done"), ("outcome", "withdrawn")])
def test_state_brought_about_by_time_or_an_agency_has_its_sentence(filed, column, value):
    case = filed.case  # changed in memory only
    case.state = "closed" if column == "outcome" else value
    case.outcome = value if column == "outcome" else ""
    with translation.override("id"):
        assert (OUTCOMES if column == "outcome" else STATES)[value] in str(words.status(case))


@pytest.mark.slow
@pytest.mark.safety("K8")
def test_case_that_staff_escalated_has_its_sentence(filed, moderator):
    perform(perform(filed.case, "claim", by=moderator), "escalate", by=moderator, reason="Soal sekolah.")
    assert "Petugas khusus sedang menanganinya." in standing(filed)


def test_withdrawn_status_says_deletion_and_cancel(filed):
    perform(filed.case, "withdraw", coerced="no")
    assert "Kami menghapus laporan ini paling cepat: " in standing(filed)
    assert "Selama belum dihapus, kamu bisa membatalkannya." in standing(filed)
