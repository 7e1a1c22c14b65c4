"""Compute when somebody must act next on a case: one stored time for every tier and reason (safety rules K1, K9).

Two times are kept apart. ``due_at`` is the promise to the reporter: a person looks at the case by then. The clock of
the desk is ``next_action_at``; the place in the queue and the overdue flag follow from it. ``bring_forward`` never
moves it to a later time. Only ``record_answer`` and ``record_end`` do, because staff have then answered the reporter. A
case that is claimed and returned, whose lease expires or whose reporter writes again therefore never gets a later
place.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from ...models.case import Case, State
from ...models.state import REFERABLE_STATES
from ...priority import REASONS
from ...staffing.hours import Roster
from ...staffing.notices import RETURNED_TWICE
from ..bursts import key_with_place
from ..queue_keys import key_of

URGENT = (0, 1)
UNREAD, CLUSTER = "unread_reply", "cluster"  # reasons that the desk adds to those of the answers
# The facts by which ``perform`` knows that somebody must be paged: for a P0 case, and for an urgent one.
RESTARTED, ALARM = {"clock": "restarted"}, {"alarm": True}
# Reasons for a tier that no rule on the answers decided; triage/why.py translates them.
RISK_WORDS, RESTRICTED, LOCKED, SET_BY_PERSON = "risk_words", "restricted", "locked", "set_by_person"
REPLY_PERIOD = timedelta(days=14)
QUARANTINE_PERIOD = timedelta(hours=24)  # all quarantined cases are looked at within a day (H19)
RETURNS_BEFORE_ALARM = 2  # then its lead is paged: nobody keeps the case
# "Take next" offers a case that came back from its reporter to its last handler first. P0 waits for nobody.
RESERVED_FOR = {1: timedelta(minutes=15), 2: timedelta(hours=2), 3: timedelta(hours=2), 4: timedelta(hours=2)}
URGENT_REPLY_PERIOD = timedelta(hours=24)  # P0 and P1: then the case returns to a person; it is never closed (K9)


def update_due_time(case: Case) -> None:
    """Set the overdue flag and the queue key from the clock; ``lifecycle.perform`` calls this after every action.

    The overdue flag is only kept or cleared here. Housekeeping sets it, together with the text for the reporter.
    """
    if case.state in (State.RESOLVED, State.CLOSED):
        case.next_action_at = _due_after_resolution(case)
    due = case.next_action_at
    case.overdue = case.overdue and due is not None and due < timezone.now() and case.state != State.WITHDRAWN
    case.queue_key_at = key_with_place(case, key_of(case))


def _due_after_resolution(case: Case) -> datetime | None:
    """Return when staff must act on a resolved or closed case: read something new, or decide on a withdrawal."""
    decision = case.withdraw_at if case.awaits_erasure_decision else None
    new = case.next_action_at if case.unread_reply else None
    return min(filter(None, (decision, new)), default=None)


def bring_forward(case: Case, moment: datetime) -> None:
    """Require an action by ``moment``, or earlier if something due, or promised and unanswered, is earlier."""
    promised = None if case.answered_at else case.due_at
    case.next_action_at = min(filter(None, (case.next_action_at, promised, moment)))


def next_clock(case: Case) -> datetime | None:
    """Return the earliest time of any kind that runs for this case, or None.

    These are the next step, the promise to the reporter, another person that they asked for, and the time to refer.
    """
    promised = None if case.answered_at else case.due_at
    refer = case.refer_due_at if case.refer_decided_at is None and case.state in REFERABLE_STATES else None
    return min(filter(None, (case.next_action_at, promised, case.other_due_at, refer)), default=None)


def resume(case: Case, pause: timedelta) -> None:
    """Move the times of a case on by its ``pause``, but not beyond those of a case that waits from now on.

    What was overdue before the pause stays so.
    """
    latest = next_deadline(case)
    case.next_action_at = min((case.next_action_at or latest) + pause, latest)
    case.reserved_until = None
    if case.other_due_at:
        case.other_due_at = max(case.other_due_at, min(case.other_due_at + pause, latest))
    if not case.answered_at:
        case.due_at = max(case.due_at, min(case.due_at + pause, latest))
        if case.promised_again_at:
            case.promised_again_at = max(case.promised_again_at, min(case.promised_again_at + pause, latest))


def next_deadline(case: Case, since: datetime | None = None) -> datetime:
    """Return when a person must act on a case of this tier that waits from ``since`` on, or from now on."""
    return Roster.now().promise(case.tier, since or timezone.now())


def requeue(case: Case) -> dict:
    """Put the case back to waiting. An urgent case gets a new promise, and somebody is paged."""
    if case.tier in URGENT:
        return renew_promise(case)
    bring_forward(case, next_deadline(case))
    return {}


def renew_promise(case: Case) -> dict:
    """Promise the reporter another review, and have somebody paged.

    The new promise is later than the previous one only if staff have answered since. Otherwise the earlier of the two
    applies and an overdue case stays overdue, so that writing again never delays the review.
    """
    now, roster = timezone.now(), Roster.now()
    promise = roster.promise(case.tier, now)
    bring_forward(case, promise)
    if case.answered_at:
        case.due_at, case.promised_again_at, case.answered_at = promise, None, None
    else:
        case.due_at = min(case.due_at, promise)
    case.seen_at = None
    if case.due_at < now and case.promised_again_at is None:
        case.promised_again_at = roster.promise(0, now)
    return RESTARTED


def raise_to_p0(case: Case) -> dict:
    """Make the case P0 after words that a life may be at risk; software may raise a tier, never lower it (H5)."""
    case.risk_flag = True
    apply_tier(case, 0, RISK_WORDS)
    return renew_promise(case)


def apply_tier(case: Case, tier: int, why: str) -> None:
    """Set ``tier`` and store the name of the reason; if the tier is unchanged, the name is put before the others."""
    kept = [name for name in case.tier_rules if name != why] if tier == case.tier else []
    case.keeps_place = case.keeps_place and tier == case.tier  # a place among burst cases is one within its tier
    case.tier, case.tier_rules = tier, [why, *kept]


def raise_tier(case: Case, tier: int, rules: list[str]) -> None:
    """Raise the case to ``tier`` by the named rules (``priority.RULES``), and bring its clock forward."""
    case.keeps_place, case.tier, case.tier_rules = False, tier, rules
    bring_forward(case, next_deadline(case))


def set_tier(case: Case, tier: int) -> dict:
    """Set the tier that a person chose. A higher tier brings the clock forward, a lower one leaves it unchanged.

    Somebody is paged for a raised case without a handler.
    """
    raised = tier < case.tier
    apply_tier(case, tier, SET_BY_PERSON)
    if raised and case.handler_id is None:
        return renew_promise(case)
    if raised:
        bring_forward(case, next_deadline(case))
    return {}


def record_review(case: Case) -> bool:
    """Record that a person has read what is new. Return whether it was the first review since the promise."""
    first = case.seen_at is None
    case.burst = None
    if first:
        case.seen_at = timezone.now()
    case.unread_reply = False
    return first


def record_answer(case: Case, due: datetime, at: datetime | None = None) -> None:
    """Record that staff wrote to the reporter: the next step is due at ``due``, which may be later than before.

    ``at``: when the reporter can read it, if not at once.
    """
    record_review(case)
    case.answered_at, case.next_action_at, case.keeps_place = at or timezone.now(), due, False
    case.times_returned = 0
    remove_reason(case, UNREAD)


def quarantine_deadline() -> datetime:
    """Return until when a case that is quarantined now must be looked at."""
    return timezone.now() + QUARANTINE_PERIOD


def count_return(case: Case) -> dict:
    """Count that the case goes back to the queue without an answer. The second time, its lead must be told.

    An urgent case is paged for until somebody reviews it, another one once.
    """
    case.times_returned += 1
    if case.times_returned != RETURNS_BEFORE_ALARM:
        return {}
    return ALARM if case.tier in URGENT else {RETURNED_TWICE: True}


def reserve(case: Case) -> None:
    """Offer the case, which comes back from its reporter, to its last handler first.

    For at most half of the time until its next step, so that its deadline is never missed because of it.
    """
    now = timezone.now()
    if case.last_handler_id is None or case.tier not in RESERVED_FOR or case.next_action_at is None:
        return
    half = (case.next_action_at - now) / 2
    case.reserved_until = now + max(timedelta(0), min(RESERVED_FOR[case.tier], half))


def reply_deadline(case: Case, since: datetime | None = None) -> datetime:
    """Return until when a question that the reporter can read from ``since`` on may remain unanswered."""
    return (since or timezone.now()) + (URGENT_REPLY_PERIOD if case.tier in URGENT else REPLY_PERIOD)


def record_end(case: Case) -> None:
    """Record that staff resolved or closed the case: its promise is fulfilled."""
    case.answered_at, case.keeps_place, case.times_returned = timezone.now(), False, 0
    if not case.unread_reply:
        remove_reason(case, UNREAD)


def record_unread_reply(case: Case) -> None:
    """Record unread text of the reporter, which adds points within the tier until it is answered."""
    case.unread_reply = True
    add_reason(case, UNREAD)


def add_reason(case: Case, reason: str) -> None:
    """Add a reason of ``priority.REASONS`` that the desk found, with its points; once only."""
    if reason not in case.reasons:
        case.score, case.reasons = case.score + REASONS[reason][0], [*case.reasons, reason]


def remove_reason(case: Case, reason: str) -> None:
    """Take a reason back, with its points, if the case has it."""
    if reason in case.reasons:
        case.score -= REASONS[reason][0]
        case.reasons = [key for key in case.reasons if key != reason]
