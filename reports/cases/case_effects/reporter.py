"""Effects of actions by reporters. They have the code; the keyring of their visit seals what they write."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...crypto import receipts
from ...crypto.vault import keys
from ...crypto.vault.box import UnreadableError
from ...crypto.vault.keyring import Keyring
from ...crypto.vault.reporter_keys import Opener, Wrapper, columns
from ...models.case import Case, State
from ...staffing.hours import Roster
from .. import reminders
from . import clock, data_requests, in_words, shared

SECOND_REVIEW_TIER = 2  # a case awaiting another review is treated as P2, or as more urgent
WITHDRAWAL_DELAY = timedelta(hours=settings.WITHDRAWAL_HOURS)


def add_reply(
    case: Case,
    by: None,
    text: str = "",
    keyring: Keyring | None = None,
    evidence: Any = (),
    risk: bool = False,
    harm: Any = (),
) -> dict:
    """Add a message or files. Words that a life may be at risk raise the case and release it from quarantine.

    ``harm`` are the kinds of harm in the message (``harm_words``). While a withdrawal is pending, staff read the
    message before anything is erased: it may reveal who asked for the withdrawal (H7).
    """
    data_requests.end_pause(case)
    if case.left_open_at and case.state == State.ESCALATED:  # reopened like a resolved case
        case.state = State.RESOLVED
    if text:
        shared.add_message(case, by, text, keyring)
    shared.attach_files(case, evidence, keyring)
    require_lead_decision(case)
    if risk and case.state == State.QUARANTINED:
        case.state = State.TRIAGE
    facts = {"files": len(evidence), "words": bool(text)} | in_words.raise_for_harm(case, harm)
    if risk:
        facts |= clock.raise_to_p0(case)
    elif case.state in shared.BACK_TO_TRIAGE:
        facts |= clock.requeue(case)
    clock.record_unread_reply(case)
    case.look_again_at = None  # somebody must read it now
    if case.state in shared.BACK_TO_TRIAGE:
        shared.unassign(case)
        clock.reserve(case)
    return facts


def withdraw(case: Case, by: None, coerced: str = "skip", needs_lead: bool = False) -> dict:
    """Schedule the withdrawal, which takes effect after 72 hours (H7).

    ``coerced``, whether someone told the reporter to withdraw, is sealed for staff. If a child or a life may be at
    risk, the reporter was pressed, or a colleague of the reported person knows the code, the case stays in the queue
    and a lead decides what the law requires us to keep.
    """
    data_requests.end_pause(case)
    case.withdraw_at, case.erasure_approved = timezone.now() + WITHDRAWAL_DELAY, False
    case.close_agreed_at = None
    case.coerced_key_id, case.coerced = keys.wrap_for(case.staff_audience, coerced.encode().ljust(4))
    case.erasure_needs_lead = needs_lead or case.is_at_risk or coerced == "yes" or _was_entered_withheld(case)
    facts = {"needs_lead": case.erasure_needs_lead} | reminders.erase_locked(case)
    if case.erasure_needs_lead:
        clock.bring_forward(case, case.withdraw_at)
    if not case.erasure_needs_lead:
        case.state = State.WITHDRAWN
        shared.unassign(case)
    elif case.state == State.WAITING_REPORTER:  # nobody expects an answer any more
        case.state = State.TRIAGE
        shared.unassign(case)
        return facts | clock.requeue(case)
    return facts


def _was_entered_withheld(case: Case) -> bool:
    """Return whether staff entered this report about a colleague (H25).

    Then it may not be the reporter who withdraws: who entered it has read the code aloud, and could have changed it.
    """
    return case.withheld and case.events.filter(action="entered").exists()


def cancel_withdrawal(case: Case, by: None) -> dict:
    """Cancel the withdrawal."""
    case.withdraw_at, case.coerced, case.erasure_needs_lead, case.erasure_approved = None, None, False, False
    return clock.requeue(case) if case.state == State.WITHDRAWN else {}


def freeze(case: Case, by: None, **secret: Any) -> dict:
    """Stop reading with the code, because somebody else may have it. Writing remains possible; staff are informed.

    ``secret`` is the new secret, as for ``change_secret``. The old one no longer works. Nobody can know who asked for
    the new one, so reading stays stopped until staff are sure (H6, H30).
    """
    data_requests.end_pause(case)
    facts = change_secret(case, by, **secret) if secret else reminders.erase_locked(case)
    case.frozen_at, case.close_agreed_at = timezone.now(), None
    clock.bring_forward(case, Roster.now().promise(min(case.tier, SECOND_REVIEW_TIER), timezone.now()))
    clock.record_unread_reply(case)
    require_lead_decision(case)  # the person who found the code may have asked for it (H7)
    return facts


def cannot_return(case: Case, by: None) -> dict:
    """Record that the reporter cannot keep a code: staff decide at once instead of waiting for an answer (H22)."""
    case.unreachable, case.may_lack_code = True, False
    return reminders.erase_locked(case)


def change_secret(case: Case, by: None, derived: receipts.Derived, salt: bytes, case_key: bytes) -> dict:
    """Replace the secret and the key pair; the old ones open nothing from now on.

    Reminders end, because a person who had the old code may have asked for them (H20).
    ``case_key`` must be the current one: any other would lock the reporter out for good. With the ``salt`` of the old
    secret that one is still recognised, at no cost: it opens nothing, and says when it was replaced (H30).
    """
    try:
        Wrapper.open(case.pk, case_key, case.reporter_wrapper)
    except UnreadableError as error:
        raise NotAllowed(_("Something changed in the meantime. Nothing is lost. Try it once more.")) from error
    cost = receipts.cost()
    before = receipts.Cost(case.secret_operations, case.secret_memory)
    is_recognised = (salt, cost) == (bytes(case.secret_salt or b""), before)
    case.replaced_verifier = case.secret_verifier if is_recognised else None
    case.secret_salt, case.secret_verifier = salt, derived.verifier
    case.secret_operations, case.secret_memory = cost.operations, cost.memory
    for name, value in columns(Opener.new(case.pk), case_key, derived.wrapping_key).items():
        setattr(case, name, value)
    return reminders.erase_locked(case)


def request_review(case: Case, by: None) -> dict:
    """Request a review by another person, by a time told to the reporter: within a day, sooner for an urgent case."""
    data_requests.end_pause(case)
    return promise_again(case)


def next_promise(case: Case) -> datetime:
    """Return by when a person other than the handler looks at the case, if its reporter asks for that now."""
    return Roster.now().promise(min(case.tier, SECOND_REVIEW_TIER), timezone.now())


def promise_again(case: Case) -> dict:
    """Take the case from its handler and promise its reporter that another person looks at it; see ``next_promise``.

    That time is later than the first promise only if staff have answered since.
    """
    shared.unassign(case)
    promise = next_promise(case)
    promised = promise if case.answered_at else min(case.due_at, promise)
    clock.bring_forward(case, promise)
    facts = clock.requeue(case)
    case.due_at, case.promised_again_at, case.answered_at = promised, promised, None
    case.left_open_at = None
    clock.record_unread_reply(case)
    return facts


def require_lead_decision(case: Case) -> None:
    """Require a lead's decision on a withdrawal after new input by the reporter, even if it was decided before."""
    if case.withdraw_at:
        case.erasure_needs_lead, case.erasure_approved = True, False
