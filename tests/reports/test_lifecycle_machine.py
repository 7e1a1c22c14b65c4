"""Any sequence of actions by anyone: what must always hold of a case (docs/priority.md)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from reports.cases.lifecycle import ACTIONS, STAFF_ACTIONS, NotAllowed, perform
from reports.cases.sending import MESSAGES, NOT_RESTORED, send
from reports.cases.verification import walk
from reports.crypto import receipts
from reports.models import Agency, Case, Referral
from reports.models.case import State
from reports.models.state import OPEN_STATES
from tests.cast import GROOMED
from tests.reports.actions import DETAILS, details_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BY_REPORTER_OR_TIME = sorted(set(ACTIONS) - set(STAFF_ACTIONS))
WITH_A_HANDLER = {State.IN_PROGRESS}
NEVER_A_HANDLER = {State.RECEIVED, State.TRIAGE, State.RESOLVED, State.CLOSED, State.WITHDRAWN, State.QUARANTINED}
# Work on a case that neither decides about its urgency nor tells its reporter anything.
HANDLING = {"claim", "release", "lease_ended", "offer", "accept", "decline", "look_again", "recuse", "exclude", "route"}
HANDLING |= {"note", "tick", "mark_fact", "link", "unlink", "prepare_referral", "send_referral", "referral_failed"}
RENEWED_BY_ACTIVITY = {"lease_until"}
PACKAGE = ["prepare_referral", "approve_referral", "send_referral", "refer", "referral_failed", "not_to_refer"]
KINDS = {
    "ordinary": {},
    "restricted": {"base": GROOMED},
    "urgent": {"safety": "danger"},
    "withheld": {"staff_conflict": "yes", "age": "adult"},
}
ROLES = ["triage", "moderator", "child-safety", "supervisor", "outside-lead", "auditor", "administrator"]
MAY_KNOW = {
    "ordinary": {"triage", "moderator", "child-safety", "supervisor"},
    "restricted": {"child-safety"},
    "withheld": {"outside-lead"},
}


def assert_row_is_true(name, before: Case, after: Case) -> None:
    """The row of an action says of it what it did: erasure and statistics read the row."""
    row = ACTIONS[name]
    assert after.hold == (before.hold if row.hold is None else row.hold)
    # Taking a message back gives the case to the person who had it before.
    assert name == "undo" or row.assigns == (after.handler_id not in (None, before.handler_id))


def place(case: Case) -> tuple:
    return case.tier, case.queue_key_at


def trace(case: Case) -> dict:
    """Everything in which a message that is taken back may leave no trace."""
    row = Case.objects.get(pk=case.pk)
    columns = {field.name: field.value_from_object(row) for field in Case._meta.concrete_fields}
    kept = {name: value for name, value in columns.items() if name not in NOT_RESTORED | RENEWED_BY_ACTIVITY}
    stored = {"messages": case.messages, "notes": case.notes, "referrals": case.referrals}
    return kept | {name: [*rows.values()] for name, rows in stored.items()}


def referral_details(name: str, case: Case) -> dict | None:
    """What an action on a package for the agency needs; None for other actions."""
    if name == "prepare_referral":
        agency = Agency.objects.get()
        return {"agency": agency, "basis": "vital", "keys": ["reference", "category"], "reason": "Alasan."}
    more = {"refer": {"receipt": "R-1", "text": "Sudah kami teruskan."}, "referral_failed": {"reason": "Alasan."}}
    if name in ("approve_referral", "send_referral", *more):
        return {"referral": case.referrals.last() or Referral(), **more.get(name, {})}
    return None


def new_code_details(case: Case) -> dict:
    """What the page of the code draws for a new one."""
    salt = receipts.new_salt()
    derived = receipts.derive(receipts.new_secret(case.reference).secret, salt)
    return {"derived": derived, "salt": salt, "case_key": case.staff_keyring().case_key}


@pytest.mark.parametrize("size", [(8, 20), pytest.param((16, 30), marks=pytest.mark.slow)], ids=["short", "long"])
@pytest.mark.sampled(4)
@pytest.mark.parametrize("kind", KINDS)
def test_random_actions_keep_a_case_consistent(file, person, in_demo, kind, size):  # noqa: C901 (one story, by its invariants)
    call_command("demo_agency", stdout=StringIO())
    role_of = {person(role): role for role in ROLES}
    role_of |= {person(role, f"second-{role}"): role for role in ("moderator", "child-safety", "outside-lead")}
    staff = list(role_of)

    class Desk(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.case = file(**KINDS[kind]).case
            self.tier, self.restricted, self.actions = self.case.tier, self.case.restricted, 1
            self.last, self.traced = ("submitted", None), None

        @rule(name=st.sampled_from(list(STAFF_ACTIONS)), who=st.sampled_from(staff))
        def staff_act(self, name, who):
            self._do(name, who)

        @rule(name=st.sampled_from(BY_REPORTER_OR_TIME))
        def reporter_or_time(self, name):
            self._do(name, None)

        @rule(name=st.sampled_from(["claim", *PACKAGE]), who=st.sampled_from(staff))
        def handler_works_on_it(self, name, who):
            self._do(name, who if name in ("claim", "approve_referral") else self.case.handler or who)

        @rule(name=st.sampled_from(MESSAGES), resolves=st.booleans(), takes_back=st.booleans())
        def handler_sends_a_message(self, name, resolves, takes_back):
            before, who = trace(self.case), self.case.handler or staff[1]
            try:
                details = {"text": "Terima kasih."} | (referral_details(name, self.case) or {})
                send(self.case, name, who, self.case.version, resolve=resolves, wait=timedelta(hours=1), **details)
            except NotAllowed:
                return
            self.actions += 1 + resolves
            self.last, self.traced = (name, who), before
            self.case.refresh_from_db()
            if takes_back:
                self._do("undo", who)
                assert self.last[0] == "undo"

        def _do(self, name, who):
            before = Case.objects.get(pk=self.case.pk)
            try:
                after = perform(self.case, name, by=who, **self._details(name))
            except NotAllowed:
                return
            self.actions += 1
            self.last = (name, who)
            self.case = Case.objects.get(pk=self.case.pk)
            assert_row_is_true(name, before, after)
            if name == "undo":
                now = trace(self.case)
                assert {key: (old, now[key]) for key, old in self.traced.items() if old != now[key]} == {}
            if name in HANDLING and {before.state, after.state} <= set(OPEN_STATES):
                assert place(after) <= place(before)

        def _details(self, name):
            if (details := referral_details(name, self.case)) is not None:
                return details
            if name == "new_code":
                return new_code_details(self.case)
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
                assert self.tier > 1 or role_of[who] in ("child-safety", "outside-lead")
            if self.restricted and not self.case.restricted:
                assert name == "lift_restriction"
                assert role_of[who] in ("child-safety", "outside-lead")
            self.tier, self.restricted = self.case.tier, self.case.restricted

        @invariant()
        def a_hidden_case_is_invisible(self):
            seen = {user for user in staff if Case.objects.visible_to(user).filter(pk=self.case.pk).exists()}
            known = (
                {"outside-lead"}
                if self.case.withheld
                else MAY_KNOW["restricted" if self.case.restricted else "ordinary"]
            )
            assert {role_of[user] for user in seen} <= known
            assert not {recusal.person for recusal in self.case.recusals.all()} & seen

        @invariant()
        def an_open_case_has_a_clock_and_at_most_one_lease(self):
            assert self.case.state not in OPEN_STATES or self.case.next_action_at
            assert (self.case.lease_until is None) == (self.case.handler_id is None)

        @invariant()
        def a_closed_case_says_why(self):
            assert self.case.outcome or self.case.state != State.CLOSED
            assert not self.case.outcome or self.case.state in (State.CLOSED, State.WITHDRAWN)

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
