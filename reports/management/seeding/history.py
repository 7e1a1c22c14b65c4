"""The history of a made-up case since it arrived: state, deadlines, events and messages, as the actions leave them.

The functions here write what ``case_effects`` would have written at those moments. They perform no action, because
100,000 cases through ``lifecycle.perform`` would take hours, and all of it would have happened today.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from reports.cases.case_effects.clock import REPLY_PERIOD, UNREAD, URGENT, URGENT_REPLY_PERIOD, bring_forward
from reports.cases.case_effects.reporter import WITHDRAWAL_DELAY
from reports.cases.lease import LEASE
from reports.cases.queue_keys import key_of
from reports.crypto.vault import keys
from reports.deadlines import FIRST_REVIEW
from reports.models import Case
from reports.models.case import State
from reports.models.state import Outcome, ReferDecision
from reports.priority import REASONS
from reports.referral import time_to_refer
from reports.staffing.hours import Roster

from .hours import arrival
from .past import Past

LATE = 0.08  # share of cases that are overdue
# States in percent. "reply" is a case with a new message from the reporter.
STATES = {
    "received": 12,
    "triage": 7,
    "quarantined": 3,
    "in_progress": 5,
    "waiting_reporter": 8,
    "reply": 6,
    "escalated": 2,
    "resolved": 9,
    "withdrawn": 5,
    "closed": 43,
}
MOST_IN_PROGRESS = 40  # their leases end within 20 minutes, and housekeeping then returns each to the queue
OUTCOMES = {Outcome.HELPED: 60, Outcome.NO_RULE: 15, Outcome.NOT_ENOUGH: 15, Outcome.OUT_OF_SCOPE: 10}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def waiting(past: Past) -> None:
    """Make a case that waits; a few are overdue, the others are not due yet."""
    earliest, latest = (1.5, 1.05) if past.dice.random() < LATE else (0.9, 0.02)
    limit = FIRST_REVIEW[past.case.tier]
    past.arrive(arrival(past.dice, past.now - limit * earliest, past.now - limit * latest))


def returned_to_queue(past: Past) -> None:
    """Make a case that was read and is back in the queue."""
    waiting(past)
    at = past.between(past.case.received_at, past.now)
    by = past.claim(at)
    past.do("release", State.TRIAGE, past.between(at, past.now), by, reason_given=False)


def quarantined(past: Past) -> None:
    """Make a case that was set aside as possibly sent by a bot."""
    past.arrive(arrival(past.dice, past.now - timedelta(hours=20), past.now - timedelta(hours=0.5)))
    past.case.due_at = past.case.next_action_at = past.roster.promise(2, past.case.received_at)
    past.case.state = State.QUARANTINED


def in_progress(past: Past) -> None:
    """Make a case that somebody holds."""
    waiting(past)
    at = max(past.case.received_at, past.now - MINUTE * past.dice.uniform(1, 18))
    past.case.handler = past.claim(at)
    past.case.lease_until = at + LEASE


def waiting_for_reporter(past: Past) -> None:
    """Make a case with a question that waits for the reporter."""
    silence = URGENT_REPLY_PERIOD if past.case.tier in URGENT else REPLY_PERIOD
    at = _arrive_before(past, past.now - silence * 0.9, past.now - silence * 0.02)
    past.case.handler = past.claim(past.between(past.case.received_at, at))
    past.tell("ask", State.WAITING_REPORTER, at, past.case.handler)
    past.case.next_action_at = at + silence


def reporter_answered(past: Past) -> None:
    """Make a case with an answer from the reporter that nobody has read yet."""
    waiting_for_reporter(past)
    at = past.now - FIRST_REVIEW[past.case.tier] * past.dice.uniform(0.05, 0.8)
    at = max(at, past.case.answered_at)
    past.do("reporter_reply", State.TRIAGE, at, files=0, words=True)
    past.words.append((1, None, at))
    past.case.handler, past.case.next_action_at = None, past.roster.promise(past.case.tier, at)
    if past.case.tier in URGENT:
        past.case.due_at, past.case.seen_at, past.case.answered_at = past.case.next_action_at, None, None
    _weigh_unread(past.case)


def review_requested(past: Past) -> None:
    """Make a case whose reporter asks for a review by another person."""
    _answered(past, past.now - DAY * 5, past.now - DAY)
    at = past.now - MINUTE * past.dice.uniform(1, 50)
    past.do("request_review", State.ESCALATED, at)
    promise = past.roster.promise(min(past.case.tier, 2), at)
    past.case.next_action_at = past.case.due_at = past.case.promised_again_at = promise
    past.case.answered_at = past.case.handler = None
    past.case.seen_at = None if past.case.tier in URGENT else past.case.seen_at
    _weigh_unread(past.case)


def resolved(past: Past) -> None:
    """Make a case whose steps are done and reported; a second person closes it, or the scheduled task does."""
    _resolve(past, past.now - DAY * 12, past.now - DAY * 0.1)


def closed(past: Past) -> None:
    """Make a closed case, with an outcome that the reporter reads."""
    since = DAY * past.dice.uniform(0.1, 2)
    by, at = _resolve(past, past.now - DAY * 80 - since, past.now - DAY - since)
    at += since
    others = [person for person in past.staff if person != by]
    past.case.closed_at = at
    past.case.outcome = past.dice.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
    second = past.dice.choice(others) if past.case.needs_second_person else by
    past.do("close", State.CLOSED, at, second, outcome=past.case.outcome)


def withdrawn(past: Past) -> None:
    """Make a case that its reporter has withdrawn: it is erased after 72 hours, or a lead decides before (H7)."""
    waiting(past)
    case, needs_lead = past.case, past.case.is_at_risk
    at = past.between(max(case.received_at, past.now - WITHDRAWAL_DELAY * 0.9), past.now)
    past.do("withdraw", case.state if needs_lead else State.WITHDRAWN, at, needs_lead=needs_lead)
    case.withdraw_at, case.erasure_needs_lead = at + WITHDRAWAL_DELAY, needs_lead
    case.coerced_key_id, case.coerced = keys.wrap_for(case.staff_audience, b"no".ljust(4))
    if needs_lead:
        bring_forward(case, case.withdraw_at)


def _arrive_before(past: Past, earliest: datetime, latest: datetime) -> datetime:
    """Let the case arrive; return when staff first write, between these two moments and within the time of its tier."""
    wait = FIRST_REVIEW[past.case.tier] * past.dice.uniform(0.1, 0.9)
    past.arrive(arrival(past.dice, earliest - wait, latest - wait))
    return past.case.received_at + wait


def _answered(past: Past, earliest: datetime, latest: datetime) -> tuple[User, datetime]:
    at = _arrive_before(past, earliest, latest)
    by = past.claim(past.between(past.case.received_at, at))
    past.tell("reply", State.IN_PROGRESS, at, by)
    return by, at


def _resolve(past: Past, earliest: datetime, latest: datetime) -> tuple[User, datetime]:
    since = MINUTE * past.dice.uniform(5, 60)
    by, at = _answered(past, earliest - since, latest - since)
    at += since
    _decide_on_passing_on(past, at, by)
    past.do("resolve", State.RESOLVED, at, by)
    past.case.resolved_at, past.case.resolved_by, past.case.answered_at = at, by, at
    past.case.next_action_at = None
    return by, at


def _decide_on_passing_on(past: Past, at: datetime, by: User) -> None:
    """Decide not to pass the case on, if it has a time to refer: without a decision nobody resolves it."""
    time_to_refer.start(past.case, past.case.received_at)
    if past.case.refer_due_at:
        past.do("not_to_refer", past.case.state, at, by, reason_given=True)
        past.case.refer_decided_at, past.case.refer_decision = at, ReferDecision.NOT_REFERRED


def _weigh_unread(case: Case) -> None:
    case.unread_reply, case.reasons = True, [*case.reasons, UNREAD]
    case.score += REASONS[UNREAD][0]


HISTORIES: dict[str, Callable[[Past], None]] = {
    "received": waiting,
    "triage": returned_to_queue,
    "quarantined": quarantined,
    "in_progress": in_progress,
    "waiting_reporter": waiting_for_reporter,
    "reply": reporter_answered,
    "escalated": review_requested,
    "resolved": resolved,
    "withdrawn": withdrawn,
    "closed": closed,
}


class Histories:
    """Draws the history of each case. ``staff_of`` names who may work on ordinary and on restricted cases."""

    def __init__(self, dice: random.Random, staff_of: dict[bool, list]) -> None:
        self._dice, self._staff_of, self._held = dice, staff_of, 0

    def generate(self, case: Case, roster: Roster, now: datetime) -> Past:
        """Give ``case`` a history that fits its tier and audience; return it."""
        past = Past(case, self._dice, roster, self._staff_of[case.restricted], now)
        HISTORIES[self._draw(case)](past)
        due = case.next_action_at or case.due_at
        case.overdue = case.next_action_at is not None and due < now and case.state != State.WITHDRAWN
        case.queue_key_at = key_of(case)
        if case.overdue and case.seen_at is None and case.promised_again_at is None:
            case.promised_again_at = roster.promise(0, now)
        return past

    def _draw(self, case: Case) -> str:
        state = self._dice.choices(list(STATES), list(STATES.values()))[0]
        if state == "quarantined" and (case.tier < 2 or case.age_band != Case.AgeBand.ADULT):
            return "received"  # never set aside (safety rule H19)
        if len(self._staff_of[case.restricted]) < 2 and state not in ("received", "quarantined", "withdrawn"):
            return "received"  # there is nobody who could have worked on it
        if state == "in_progress":
            self._held += 1
            return state if self._held <= MOST_IN_PROGRESS else "triage"
        return state
