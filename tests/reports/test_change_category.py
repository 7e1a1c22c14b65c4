"""Moving a case to another category: the strictest rule that ever held for it is kept (H14)."""

import pytest

from reports.cases.lifecycle import NotAllowed, perform
from reports.crypto.vault import keys
from reports.models import Case, Category, RoutingTable, Team
from reports.models.case import State
from reports.priority import REASONS
from safetycenter import memory
from tests.cast import GROOMED

pytestmark = pytest.mark.django_db


def moved(case, by, slug: str) -> Case:
    case = perform(case, "claim", by=by) if case.handler_id is None else case
    return perform(case, "change_category", by=by, category=Category.objects.get(pk=slug), reason="Salah pilih.")


@pytest.mark.safety("H14")
def test_files_stay_forbidden_after_a_change_back(file, child_safety):
    case = moved(file(age="adult", category="scam").case, child_safety, "ncii")
    assert case.files_forbidden
    assert moved(case, child_safety, "scam").files_forbidden


@pytest.mark.safety("H14")
def test_case_moved_to_a_child_sexual_matter_goes_to_child_safety(filed, moderator):
    case = moved(filed.case, moderator, "grooming")
    assert (case.restricted, case.state, case.handler) == (True, State.TRIAGE, None)
    assert case.staff_audience == keys.CHILD_SAFETY
    assert not Case.objects.visible_to(moderator).exists()


def test_change_may_raise_a_case_and_never_lowers_it(file, moderator):
    case = moved(file(age="adult", category="account_abuse").case, moderator, "ncii")
    raised = case.tier
    assert raised < 3
    assert moved(case, moderator, "account_abuse").tier == raised


@pytest.mark.safety("H14")
def test_change_never_opens_a_restricted_case(file, child_safety):
    assert moved(file(base=GROOMED).case, child_safety, "account_abuse").restricted


def test_answers_keep_what_the_reporter_chose(filed, moderator):
    case = moved(filed.case, moderator, "scam")
    assert b"bullying" in case.staff_keyring().open("narrative", "case", "answers", case.answers)
    assert case.events.last().facts["category"] == "scam"


def test_same_category_is_refused(filed, moderator):
    with pytest.raises(NotAllowed):
        moved(filed.case, moderator, filed.case.category_id)


def test_points_follow_the_new_category_and_the_place_gets_no_worse(file, moderator):
    case = perform(file(category="scam", money_sent="no", ongoing="yes").case, "claim", by=moderator)
    before = case.score
    case = moved(case, moderator, "cyberbullying")
    assert case.score == sum(REASONS[key][0] for key in case.reasons) > before
    places = [case.queue_key_at, moved(case, moderator, "scam").queue_key_at]
    assert places[1] <= places[0]


def test_team_follows_the_category_unless_a_person_chose_it(filed, moderator, supervisor):
    Team.objects.create(key="uang", name="Uang")
    other = Team.objects.create(key="lain", name="Lain")
    RoutingTable.objects.create(by=supervisor, rules=[{"category": "scam", "team": "uang"}], follows=0)
    memory.clear()
    case = moved(filed.case, moderator, "scam")
    assert case.team_id == "uang"
    case = perform(case, "route", by=supervisor, team=other)
    assert moved(case, moderator, "cyberbullying").team_id == "lain"
