"""Promises kept: what counts as due, as kept, as late and as never looked at."""

import pytest
from django.db.models import Sum

from reports.cases.lifecycle import perform
from reports.models import Case, Tally
from reports.statistics.flows import M
from tests.reports.actions import URGENT

pytestmark = pytest.mark.django_db


def promises() -> dict[str, int]:
    sums = Tally.objects.filter(measure__in=(M.PROMISED, M.KEPT, M.LATE)).values("measure").annotate(n=Sum("number"))
    return {str(row["measure"]): row["n"] for row in sums if row["n"]}


def test_look_in_time_keeps_the_promise(filed, moderator):
    perform(filed.case, "claim", by=moderator)
    assert promises() == {"promised": 1, "kept": 1}


def test_late_look_does_not_keep_the_promise(filed, moderator, clock):
    clock(days=30)
    perform(filed.case, "claim", by=moderator)
    assert promises() == {"promised": 1, "late": 1}


def test_withdrawn_case_stays_promised(filed):
    perform(filed.case, "withdraw", coerced="no")
    assert promises() == {"promised": 1}


def test_urgent_case_given_back_unanswered_waits_for_its_look(file, moderator):
    case = perform(file(base=URGENT).case, "claim", by=moderator)
    assert promises() == {"promised": 1, "kept": 1}
    perform(case, "release", by=moderator)
    assert promises() == {"promised": 1}


def test_answered_case_gets_a_new_promise(file, moderator):
    case = perform(file(base=URGENT).case, "claim", by=moderator)
    perform(case, "ask", by=moderator, text="Kapan?")
    perform(case, "reporter_reply")
    assert promises() == {"promised": 2, "kept": 1}


def test_promise_moves_with_the_tier_of_its_case(filed, moderator, supervisor):
    perform(filed.case, "claim", by=moderator)
    perform(Case.objects.get(), "set_tier", by=moderator, tier=1, reason="Alasan.")
    sums = (
        Tally.objects.filter(measure__in=(M.PROMISED, M.KEPT)).values_list("measure", "tier").annotate(n=Sum("number"))
    )
    assert {(measure, tier) for measure, tier, n in sums if n} == {("promised", 1), ("kept", 1)}


@pytest.mark.parametrize("second_look", ["claim", None])
def test_objection_leaves_the_earlier_promise(filed, moderator, second_look):
    case = perform(perform(filed.case, "claim", by=moderator), "reply", by=moderator, text="Terima kasih.")
    perform(case, "request_review")
    if second_look:
        Case.objects.update(state="triage")
        perform(Case.objects.get(), second_look, by=moderator)
    assert promises() == {"promised": 1, "kept": 1}
