"""The mark "possible misuse": two people, read by staff only, without any effect on the case (H23)."""

import pytest

from reports.cases.lifecycle import perform
from reports.cases.retention import SCHEDULE, erase
from reports.models import Case
from reports.triage.saved_views import cases_in, views_for
from tests.reports.actions import refused
from tests.reports.followup.visitor import open_with, opened
from tests.reports.triage.desk_pages import page_of
from tests.reports.triage.stage import WHY

pytestmark = [pytest.mark.django_db, pytest.mark.safety("H23")]
MARK = ("misuse_noted_by_id", "misuse_confirmed_at")


@pytest.fixture
def noted(filed, moderator):
    """The report, held by the moderator, who noted possible misuse."""
    perform(filed.case, "claim", by=moderator)
    filed.case = perform(filed.case, "note_misuse", by=moderator, **WHY)
    return filed


def facts(case: Case) -> dict:
    """Every column of a case without the mark and what each action counts."""
    counted = (*MARK, "version", "events_head", "events_count", "lease_until")
    row = Case.objects.filter(pk=case.pk).values().get()
    return {name: value for name, value in row.items() if name not in counted}


def test_misuse_is_confirmed_by_a_lead_who_is_somebody_else(noted, moderator, supervisor, person):
    assert "Orang kedua" in refused(noted.case, "confirm_misuse", moderator)
    assert "Penanggung jawab" in refused(noted.case, "confirm_misuse", person("moderator", "colleague"))
    assert refused(noted.case, "confirm_misuse", supervisor) is None


def test_misuse_noted_by_the_only_lead_waits(filed, supervisor):
    perform(filed.case, "claim", by=supervisor)
    perform(filed.case, "note_misuse", by=supervisor, **WHY)
    assert refused(filed.case, "confirm_misuse", supervisor)


def test_misuse_noted_by_somebody_who_left_the_case_is_not_confirmed(noted, supervisor):
    perform(noted.case, "request_other", reason="tone")
    assert "sudah keluar" in refused(noted.case, "confirm_misuse", supervisor)
    assert refused(noted.case, "take_back_misuse", supervisor) is None


def test_misuse_to_confirm_is_listed_for_other_leads(noted, moderator, supervisor):
    assert "misuse" not in views_for(moderator)
    assert list(cases_in("misuse", supervisor)) == [noted.case]
    perform(noted.case, "take_back_misuse", by=moderator)
    perform(noted.case, "note_misuse", by=supervisor, **WHY)
    assert list(cases_in("misuse", supervisor)) == []
    perform(noted.case, "take_back_misuse", by=supervisor)
    perform(perform(noted.case, "note_misuse", by=moderator, **WHY), "confirm_misuse", by=supervisor, **WHY)
    assert list(cases_in("misuse", supervisor)) == []


def test_misuse_changes_nothing_else_of_the_case(filed, moderator, supervisor):
    case = perform(filed.case, "claim", by=moderator)
    before = facts(case)
    perform(perform(case, "note_misuse", by=moderator, **WHY), "confirm_misuse", by=supervisor, **WHY)
    assert facts(case) == before


def test_misuse_is_read_by_staff_and_never_by_the_reporter(noted, moderator, client):
    client.force_login(moderator)
    shown = [client.get(page_of(noted.case)).text, opened(open_with(noted.receipt.code))]
    assert ["salah guna" in text.lower() or "misuse" in text for text in shown] == [True, False]


def test_misuse_mark_is_erased_with_the_report(noted):
    assert erase(noted.case, SCHEDULE)
    assert Case.objects.values_list(*MARK).get() == (None, None)
