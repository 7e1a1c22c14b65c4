"""A legal hold needs two people where a second one may decide, and ends where there is none (H7)."""

import pytest

from reports.cases.lifecycle import NotAllowed, perform

pytestmark = [pytest.mark.django_db, pytest.mark.safety("H7")]
WHY = {"reason": "Penyidik."}


@pytest.fixture
def held(file, child_safety):
    """A child's case, handled and held by law by the same person."""
    case = perform(file(category="grooming", age="13_15").case, "claim", by=child_safety)
    return perform(case, "hold", by=child_safety, **WHY)


def test_hold_is_not_lifted_by_who_placed_it(held, child_safety, person):
    person("child-safety", "second")
    with pytest.raises(NotAllowed):
        perform(held, "lift_hold", by=child_safety, **WHY)


def test_only_lead_lifts_their_own_hold(held, child_safety):
    assert not perform(held, "lift_hold", by=child_safety, **WHY).hold


def test_recused_colleague_is_no_second_person(held, child_safety, person):
    second = person("child-safety", "second")
    perform(held, "recuse", by=second)
    assert not perform(held, "lift_hold", by=child_safety, **WHY).hold


def test_of_two_people_the_one_who_lifted_the_hold_decides_about_the_erasure(held, child_safety, person):
    second = person("child-safety", "second")
    case = perform(held, "withdraw", coerced="no")
    case = perform(case, "lift_hold", by=second, **WHY)
    with pytest.raises(NotAllowed):
        perform(case, "approve_erasure", by=child_safety)
    assert perform(case, "approve_erasure", by=second).erasure_approved
