"""Any sequence of actions by anyone: what must always hold of a case (docs/priority.md)."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from reports.cases.lifecycle import ACTIONS, STAFF_ACTIONS, NotAllowed, perform
from reports.cases.verification import walk
from reports.models import Case
from reports.models.case import State
from tests.reports.actions import DETAILS, details_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BY_REPORTER_OR_TIME = sorted(set(ACTIONS) - set(STAFF_ACTIONS) - {"new_code"})
WITH_A_HANDLER = {State.IN_PROGRESS}
NEVER_A_HANDLER = {State.RECEIVED, State.TRIAGE, State.RESOLVED, State.CLOSED, State.WITHDRAWN, State.QUARANTINED}


def assert_row_is_true(name, who, before: Case, after: Case) -> None:
    """The row of an action says of it what it did: erasure and statistics read the row."""
    row = ACTIONS[name]
    assert after.hold == (before.hold if row.hold is None else row.hold)
    assert row.assigns == (after.handler_id is not None and after.handler_id != before.handler_id)


@pytest.mark.parametrize("size", [(10, 25), pytest.param((40, 30), marks=pytest.mark.slow)], ids=["short", "long"])
@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", ["ordinary", "restricted", "urgent"])
def test_random_actions_keep_a_case_consistent(file, person, kind, size):  # noqa: C901 (one story, by its invariants)
    from tests.cast import GROOMED

    answers = {"ordinary": {}, "restricted": {"base": GROOMED}, "urgent": {"safety": "danger"}}[kind]
    staff = [person(role) for role in ("triage", "moderator", "child-safety", "supervisor")]
    staff += [person("moderator", "second"), person("child-safety", "second-of-child-safety")]
    child_safety = [staff[2], staff[-1]]

    class Desk(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.case = file(**answers).case
            self.tier, self.restricted, self.actions = self.case.tier, self.case.restricted, 1
            self.last = ("submitted", None)

        @rule(name=st.sampled_from(list(STAFF_ACTIONS)), who=st.sampled_from(staff))
        def staff_act(self, name, who):
            self._do(name, who)

        @rule(name=st.sampled_from(BY_REPORTER_OR_TIME))
        def reporter_or_time(self, name):
            self._do(name, None)

        def _do(self, name, who):
            before = Case.objects.get(pk=self.case.pk)
            try:
                after = perform(self.case, name, by=who, **self._details(name))
            except NotAllowed:
                after = before
            else:
                self.actions += 1
                self.last = (name, who)
                assert_row_is_true(name, who, before, after)
            self.case.refresh_from_db()

        def _details(self, name):
            if name == "set_tier":
                return DETAILS[name] | {"tier": (self.case.tier + 1) % 5}
            if name == "look_again" and self.case.next_action_at is None:
                return {"at": timezone.now()}
            return {"text": "", "evidence": ()} if name == "reporter_reply" else details_of(name, self.case, None)

        @invariant()
        def every_change_is_recorded_and_the_chain_is_whole(self):
            assert self.case.events_count == self.actions
            assert walk.verify(self.case) is None

        @invariant()
        def somebody_works_on_what_is_worked_on(self):
            if self.case.state in WITH_A_HANDLER:
                assert self.case.handler_id
                assert self.case.lease_until
            if self.case.state in NEVER_A_HANDLER:
                assert self.case.handler_id is None

        @invariant()
        def only_people_lower_a_tier_or_end_a_restriction(self):
            name, who = self.last
            if self.case.tier > self.tier:
                assert name == "set_tier"
                assert self.tier > 1 or who in child_safety
            if self.restricted and not self.case.restricted:
                assert name == "lift_restriction"
                assert who in child_safety
            self.tier, self.restricted = self.case.tier, self.case.restricted

        @invariant()
        def a_restricted_case_is_invisible(self):
            seen = [user for user in staff if Case.objects.visible_to(user).filter(pk=self.case.pk).exists()]
            assert not self.restricted or set(seen) <= set(child_safety)
            assert not {recusal.person for recusal in self.case.recusals.all()} & set(seen)

        @invariant()
        def a_closed_case_says_why(self):
            assert bool(self.case.outcome) == (self.case.state == State.CLOSED)

    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=size[0],
            stateful_step_count=size[1],
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # a failing sequence is short enough to read, and shrinking it takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
