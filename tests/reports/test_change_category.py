"""Moving a case to another category: the strictest rule that ever held for it is kept (H14)."""

import pytest

from reports.cases.lifecycle import NotAllowed, perform
from reports.crypto.vault import keys
from reports.models import Case, Category
from reports.models.case import State
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
