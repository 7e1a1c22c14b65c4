"""Points for linked reports: given by a lead who confirms it, never for reports alone (H23)."""

import pytest

from reports.cases.lifecycle import NotAllowed, perform
from reports.cases.retention import SCHEDULE, erase
from reports.models import Case
from reports.scheduled_tasks import index_identifiers

pytestmark = [pytest.mark.django_db, pytest.mark.safety("H23")]
SAME = {"age": "adult", "account_or_link": "@akun.sama"}


@pytest.fixture
def two(file) -> tuple[Case, Case]:
    """Two ordinary reports that name the same account."""
    cases = file(**SAME).case, file(**SAME).case
    index_identifiers()
    return cases


def score(case: Case) -> int:
    return Case.objects.get(pk=case.pk).score


def test_reports_and_a_link_alone_give_no_points(two, moderator):
    before = score(two[0])
    perform(two[0], "link", by=moderator, reference=two[1].reference)
    assert (score(two[0]), score(two[1])) == (before, before)


def test_lead_who_confirms_the_link_gives_five_points(two, supervisor):
    before = Case.objects.get(pk=two[0].pk)
    after = perform(two[0], "confirm_link", by=supervisor)
    assert after.score == before.score + 5
    assert after.queue_key_at < before.queue_key_at
    assert "cluster" in after.reasons


def test_moderator_cannot_confirm_a_link(two, moderator):
    with pytest.raises(NotAllowed):
        perform(two[0], "confirm_link", by=moderator)


def test_points_are_given_once_and_taken_back_with_the_link(two, supervisor):
    before = score(two[0])
    perform(two[0], "confirm_link", by=supervisor)
    with pytest.raises(NotAllowed):
        perform(two[0], "confirm_link", by=supervisor)
    assert perform(two[0], "unlink", by=supervisor).score == before


def test_case_that_is_not_linked_gets_no_points(file, supervisor):
    with pytest.raises(NotAllowed):
        perform(file(age="adult").case, "confirm_link", by=supervisor)


@pytest.fixture
def confirmed(file, moderator, supervisor) -> tuple[Case, Case, Case]:
    """A case and the two that are linked to it; each has the points that a lead confirmed."""
    lead, *led = (file(age="adult").case for _number in range(3))
    for case in led:
        perform(case, "link", by=moderator, reference=lead.reference)
    return tuple(perform(case, "confirm_link", by=supervisor) for case in (lead, *led))


def with_points() -> set:
    return {case.pk for case in Case.objects.all() if "cluster" in case.reasons}


def test_last_case_that_is_left_alone_loses_its_points(confirmed, moderator):
    lead, first, second = confirmed
    perform(first, "unlink", by=moderator)
    assert with_points() == {lead.pk, second.pk}
    case = perform(perform(second, "claim", by=moderator), "reply", by=moderator, text="Kami sudah membaca.")
    perform(case, "close", by=moderator, outcome="no_rule")
    assert with_points() == set()
    assert score(lead) == lead.score - 5
    assert Case.objects.get(pk=lead.pk).queue_key_at > lead.queue_key_at


def test_closing_otherwise_keeps_the_points_and_erasing_ends_them(confirmed, moderator):
    lead, first, second = confirmed
    perform(first, "unlink", by=moderator)
    case = perform(perform(second, "claim", by=moderator), "reply", by=moderator, text="Selesai.")
    case = perform(case, "close", by=moderator, outcome="helped")
    assert with_points() == {lead.pk, second.pk}
    assert erase(case, SCHEDULE)
    assert lead.pk not in with_points()


@pytest.mark.safety("H25")
def test_case_that_its_leads_may_not_see_keeps_no_points(confirmed, moderator, supervisor):
    lead, first, second = confirmed
    perform(second, "restrict", by=supervisor, reason="Alasan.")
    perform(first, "unlink", by=moderator)
    assert lead.pk not in with_points()


@pytest.mark.safety("H25")
def test_link_with_a_hidden_case_is_not_told(two, person, moderator, supervisor):
    """A supervisor who is excluded from the other case learns nothing of it from what is refused here."""
    perform(two[0], "link", by=moderator, reference=two[1].reference)
    perform(two[1], "exclude", by=person("supervisor", "second"), person=supervisor, reason="Saudara.")
    for name in ("confirm_link", "unlink"):
        with pytest.raises(NotAllowed, match="tidak terhubung"):
            perform(two[0], name, by=supervisor)
    assert perform(two[0], "unlink", by=moderator).lead_case is None
