"""A case, everybody who may do something with it, and what must hold after each action (docs/priority.md)."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from reports.cases import duties
from reports.cases.case_effects.clock import CLUSTER
from reports.cases.lifecycle import ACTIONS, STAFF_ACTIONS, NotAllowed, perform
from reports.cases.sending import MESSAGES, NOT_RESTORED, send
from reports.cases.verification import walk
from reports.crypto import receipts
from reports.deadlines import FIRST_REVIEW, POINTS_PER_PERIOD
from reports.models import Agency, Case, Referral
from reports.models.case import State
from reports.models.state import OPEN_STATES
from reports.priority import REASONS
from reports.triage.data_requests import open_requests
from reports.triage.saved_views import cases_in, views_for
from safetycenter.transitions import available
from tests.reports.actions import DETAILS, details_of
from tests.reports.ways import WAYS, new_case

BY_REPORTER_OR_TIME = sorted(set(ACTIONS) - set(STAFF_ACTIONS))
WITH_A_HANDLER = {State.IN_PROGRESS}
NEVER_A_HANDLER = {State.RECEIVED, State.TRIAGE, State.RESOLVED, State.CLOSED, State.WITHDRAWN, State.QUARANTINED}
HAND_OVER = {"offer", "accept", "decline"}
# Work on a case that neither decides about its urgency nor tells its reporter anything.
HANDLING = {"claim", "release", "lease_ended", "look_again", "recuse", "exclude", "route", *HAND_OVER}
HANDLING |= {"note", "tick", "mark_fact", "link", "unlink", "prepare_referral", "send_referral", "referral_failed"}
RENEWED_BY_ACTIVITY = {"lease_until"}
ROLES = ["triage", "moderator", "child-safety", "supervisor", "outside-lead", "auditor", "administrator"]
MAY_KNOW = {
    "ordinary": {"triage", "moderator", "child-safety", "supervisor"},
    "restricted": {"child-safety"},
    "withheld": {"outside-lead"},
}


def assert_row_is_true(name: str, before: Case, after: Case) -> None:
    """The row of an action says of it what it did: erasure and statistics read the row."""
    row = ACTIONS[name]
    assert after.hold == (before.hold if row.hold is None else row.hold)
    # Taking a message back gives the case to the person who had it before.
    assert name == "undo" or row.assigns == (after.handler_id not in (None, before.handler_id))


def assert_one_lease(name: str, before: Case, after: Case) -> None:
    """While somebody holds a case, nobody gets it but the person to whom it was offered."""
    if before.is_leased and after.handler_id not in (None, before.handler_id):
        assert (name, after.handler_id) == ("accept", before.offered_to_id)


def assert_no_time_is_later(name: str, before: Case, after: Case) -> None:
    """Handling a case worsens neither its place nor its clock; a hand-over leaves all that was promised."""
    if name not in HANDLING or not {before.state, after.state} <= set(OPEN_STATES):
        return
    assert (after.tier, after.queue_key_at - points_that_end(name, before)) <= (before.tier, before.queue_key_at)
    assert after.next_action_at <= before.next_action_at
    if name in HAND_OVER:
        assert promised(after) == promised(before)


def points_that_end(name: str, before: Case) -> timedelta:
    """Return how far back a case may go: by the points that a lead gave for linked reports, when the link is ended."""
    if name != "unlink" or CLUSTER not in before.reasons:
        return timedelta()
    return FIRST_REVIEW[before.tier] * REASONS[CLUSTER][0] / POINTS_PER_PERIOD


def promised(case: Case) -> tuple:
    """Return every time that a reporter or the law was promised."""
    return case.due_at, case.promised_again_at, case.other_due_at, case.refer_due_at


def trace(case: Case) -> dict:
    """Return everything in which a message that is taken back may leave no trace."""
    row = Case.objects.get(pk=case.pk)
    columns = {field.name: field.value_from_object(row) for field in Case._meta.concrete_fields}
    kept = {name: value for name, value in columns.items() if name not in NOT_RESTORED | RENEWED_BY_ACTIVITY}
    stored = {"messages": case.messages, "notes": case.notes, "referrals": case.referrals, "keys": case.data_keys}
    return kept | {name: [*rows.order_by("pk").values()] for name, rows in stored.items()}


def referral_details(name: str, case: Case) -> dict | None:
    """Return what an action on a package for the agency needs; None for other actions."""
    if name == "prepare_referral":
        agency = Agency.objects.get()
        return {"agency": agency, "basis": "vital", "keys": ["reference", "category"], "reason": "Alasan."}
    more = {"refer": {"receipt": "R-1", "text": "Sudah kami teruskan."}, "referral_failed": {"reason": "Alasan."}}
    if name in ("approve_referral", "send_referral", *more):
        return {"referral": case.referrals.last() or Referral(), **more.get(name, {})}
    return None


def is_listed_for(user, case: Case) -> bool:
    """Return whether ``user`` finds the case in a view of the queue, or something of it in a list beside it."""
    views = any(cases_in(name, user).filter(pk=case.pk).exists() for name in views_for(user))
    return views or open_requests(Case.objects.visible_to(user)).filter(case=case).exists()


def new_code_details(case: Case) -> dict:
    """Return what the page of the code draws for a new one."""
    salt = receipts.new_salt()
    derived = receipts.derive(receipts.new_secret(case.reference).secret, salt)
    return {"derived": derived, "salt": salt, "case_key": case.staff_keyring().case_key}


class Desk(RuleBasedStateMachine):
    """One case of ``kind``; the test gives the people by role and a clock that only it moves."""

    kind: str
    role_of: dict
    clock: staticmethod

    def __init__(self) -> None:
        super().__init__()
        self.staff = list(self.role_of)
        self.case = new_case(self.kind)
        self.tier, self.restricted, self.actions = self.case.tier, self.case.restricted, self.case.events_count
        self.last, self.traced = ("submitted", None), None

    @rule(data=st.data(), number=st.integers(0, 9))
    def somebody_does_what_they_may(self, data, number):
        who = self.case.handler or self.staff[number]
        visible = Case.objects.visible_to(who).filter(pk=self.case.pk).exists()
        if names := sorted(available(STAFF_ACTIONS, self.case, who)) if visible else []:
            self.act(data.draw(st.sampled_from(names)), who)

    @rule(name=st.sampled_from(list(STAFF_ACTIONS)), number=st.integers(0, 9))
    def anybody_tries_anything(self, name, number):
        self.act(name, self.staff[number])

    @rule(name=st.sampled_from(BY_REPORTER_OR_TIME))
    def reporter_or_time(self, name):
        self.act(name, None)

    @rule(number=st.integers(0, 9))
    def another_person_wants_it(self, number):
        self.act("claim", self.staff[number])

    @rule(name=st.sampled_from(MESSAGES), resolves=st.booleans(), takes_back=st.booleans())
    def handler_sends_a_message(self, name, resolves, takes_back):
        if self.case.handler_id is None:
            self.by_somebody("claim")
        if self.message(name, resolves) and takes_back:
            assert self.act("undo", self.last[1]), "nobody could take the message back"

    def message(self, name: str = "reply", resolves: bool = False) -> bool:
        """Send a message that can be taken back; return whether it was sent."""
        before, who = trace(self.case), self.case.handler
        if who is None:
            return False
        self.clock(seconds=1)
        details = {"text": "Terima kasih."} | (referral_details(name, self.case) or {})
        try:
            send(self.case, name, who, self.case.version, resolve=resolves, wait=timedelta(hours=1), **details)
        except NotAllowed:
            return False
        self.actions += 1 + resolves
        self.last, self.traced = (name, who), before
        self.case = Case.objects.get(pk=self.case.pk)
        self.check()
        return True

    def by_somebody(self, name: str) -> bool:
        """Let somebody do it who may: the handler first, then everybody else. Return whether it was done."""
        if name == "sent":
            return self.message()
        if name not in STAFF_ACTIONS:
            return self.act(name, None)
        people = dict.fromkeys([self.case.handler, *self.staff])
        return any(self.act(name, who) for who in people if who)

    def come_to(self, name: str) -> None:
        """Do what must come before the action ``name``, then the action. Fails where a step is refused."""
        self.come_before(name)
        assert self.by_somebody(name), f"{name} was refused to everybody"
        for who in self.staff:
            self.act("claim", who)

    def come_before(self, name: str) -> None:
        """Do what must come before the action ``name``. Fails where a step is refused."""
        for step in WAYS[name][1:]:
            if callable(step):
                step(self)
                self.case = Case.objects.get(pk=self.case.pk)
            else:
                assert self.by_somebody(step), f"{step} was refused to everybody"

    def act(self, name: str, who) -> bool:
        """Let ``who`` try the action; return whether it happened, after all that must hold of it was checked."""
        self.clock(seconds=1)
        before = Case.objects.get(pk=self.case.pk)
        try:
            after = perform(self.case, name, by=who, **self._details(name, who))
        except NotAllowed:
            return False
        self.actions += 1
        self.last = (name, who)
        self.case = Case.objects.get(pk=self.case.pk)
        assert_row_is_true(name, before, after)
        if name == "undo":
            now = trace(self.case)
            assert {key: (old, now[key]) for key, old in self.traced.items() if old != now[key]} == {}
        else:
            assert_one_lease(name, before, after)
        assert_no_time_is_later(name, before, after)
        self.check()
        return True

    def _details(self, name, who):
        if (details := referral_details(name, self.case)) is not None:
            return details
        if name == "new_code":
            return new_code_details(self.case)
        if name == "data_request" and self.case.is_at_risk:  # where a stop waits for an answer that says no
            return {"kind": "access"}
        if name == "set_tier":
            return DETAILS[name] | {"tier": (self.case.tier + 1) % 5}
        if name == "look_again" and self.case.next_action_at is None:
            return {"at": timezone.now()}
        return {"text": "", "evidence": ()} if name == "reporter_reply" else details_of(name, self.case, who)

    def check(self) -> None:
        """Check what must hold after every action, also between the steps of a way."""
        self.check_record()
        self.check_people()
        self.check_clock()
        self.check_duties()

    def check_record(self) -> None:
        """Every change is recorded once, and the chain is whole."""
        assert self.case.events_count == self.case.events.count() == self.actions
        assert walk.verify(self.case) is None
        name, who = self.last
        if self.case.tier > self.tier:
            assert name in ("set_tier", "undo")
            assert self.tier > 1 or self.role_of[who] in ("child-safety", "outside-lead")
        if self.restricted and not self.case.restricted:
            assert name == "lift_restriction"
            assert self.role_of[who] in ("child-safety", "outside-lead")
        self.tier, self.restricted = self.case.tier, self.case.restricted

    def check_people(self) -> None:
        """Somebody works on what is worked on, and only those know of a case who may."""
        if self.case.state in WITH_A_HANDLER:
            assert self.case.handler_id
            assert self.case.lease_until
        if self.case.state in NEVER_A_HANDLER:
            assert self.case.handler_id is None
        assert (self.case.lease_until is None) == (self.case.handler_id is None)
        seen = {user for user in self.staff if Case.objects.visible_to(user).filter(pk=self.case.pk).exists()}
        kind = "withheld" if self.case.withheld else "restricted" if self.case.restricted else "ordinary"
        assert {self.role_of[user] for user in seen} <= MAY_KNOW[kind]
        assert not {recusal.person for recusal in self.case.recusals.all()} & seen

    def check_clock(self) -> None:
        """An open case has a clock, and a closed one says why."""
        assert self.case.state not in OPEN_STATES or self.case.next_action_at
        assert self.case.outcome or self.case.state != State.CLOSED
        assert not self.case.outcome or self.case.state in (State.CLOSED, State.WITHDRAWN)

    def check_duties(self) -> None:
        """What a person or time closes owes nothing; what is owed later is on a list. A hold alone keeps, and waits."""
        owed = duties.open_in(Case.objects.get(pk=self.case.pk)).keys() - {"hold"}
        if self.case.state == State.CLOSED and owed:
            assert self.last[0] not in ("close", "closed_by_time"), owed
        if self.case.state in (State.RESOLVED, State.CLOSED) and owed:
            assert self.last[0] not in ("resolve", "resolve_without_message"), owed
            assert any(is_listed_for(user, self.case) for user in self.staff), owed
        assert Case.objects.filter(duties.any_open(), pk=self.case.pk).exists() == bool(duties.open_in(self.case))
