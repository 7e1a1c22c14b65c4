"""Conditions of actions that pass a case on; see ``guards``."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ..models.agency import Agency
from ..models.case import Case
from ..models.referral import Referral
from .guards import is_handler, is_handler_or_lead, is_not_paused, may_write

TO_HAND_OVER = (Referral.State.APPROVED, Referral.State.FAILED)
HANDED_OVER = (*TO_HAND_OVER, Referral.State.SENT)


def referrals_in(case: Case, states: tuple) -> list[Referral]:
    """Return the referrals of the case in one of these states. Read from memory where they were prefetched."""
    return [referral for referral in case.referrals.all() if referral.state in states]


def may_prepare(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler, a stopped case, and one that no agency with an agreement takes (rule K5)."""
    if refusal := is_handler(case, by):
        return refusal
    if refusal := is_not_paused(case, by):
        return refusal
    if not Agency.with_agreement(case.category_id).exists():
        return _("No agency with a written agreement takes reports of this kind.")
    return None


def may_approve(case: Case, by: Account) -> str | None:
    """Refuse the person who prepared every waiting package, a stopped case, and one without a package."""
    waiting = [referral for referral in case.referrals.all() if needs_approval(referral)]
    if not waiting:
        return _("No package waits for approval.")
    if all(referral.prepared_by_id == by.pk for referral in waiting):
        return _("A second person must approve this package, because you prepared it.")
    return is_not_paused(case, by)


def needs_approval(referral: Referral) -> bool:
    """Return whether a second person must approve the package before anybody downloads it or hands it over."""
    return referral.approved_by_id is None and referral.state in (Referral.State.PREPARED, *TO_HAND_OVER)


def may_send(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler, a stopped case, and one without a package that may leave."""
    return is_handler(case, by) or _refuse_without(case, TO_HAND_OVER) or is_not_paused(case, by)


def may_enter_receipt(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler, and a case without a package that may have reached its agency."""
    return is_handler(case, by) or _refuse_without(case, HANDED_OVER)


def may_record_failure(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler, and a case without a package that was handed over."""
    if refusal := is_handler(case, by):
        return refusal
    return None if referrals_in(case, (Referral.State.SENT,)) else _("No package has been handed over.")


def _refuse_without(case: Case, states: tuple) -> str | None:
    found = referrals_in(case, (Referral.State.PREPARED, *states))
    if any(not needs_approval(referral) for referral in found):
        return None
    if found:
        return _("A second person must approve the package first.")
    return _("No package is ready. Prepare one first.")


def may_decide_not_to_refer(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler, a case without a time to refer, and one that was decided on already."""
    if refusal := is_handler(case, by):
        return refusal
    if case.refer_due_at is None:
        return _("This case does not have to be passed on, so there is nothing to decide.")
    return _("This has already been decided.") if case.refer_decided_at else None


def may_give_sheet(case: Case, by: Account) -> str | None:
    """Refuse a reporter who cannot come back, or whose code somebody found, and anyone but the handler."""
    if case.frozen_at:
        return _("Messages are hidden for this code, so the reporter could not read it.")
    return may_write(case, by)


def is_late_to_refer(case: Case, by: Account) -> str | None:
    """Refuse unless the time to refer has ended without a decision, and nobody was alarmed yet."""
    ended = case.refer_due_at and case.refer_due_at < timezone.now()
    is_open = ended and case.refer_decided_at is None and case.refer_alarmed_at is None
    return None if is_open else _("The time to refer has not ended.")


def is_unacknowledged(case: Case, by: Account) -> str | None:
    """Refuse unless an agency has not acknowledged a package in time, and nobody was alarmed yet."""
    return None if case.referrals.filter(unacknowledged()).exists() else _("Nothing is overdue.")


def unacknowledged() -> Q:
    """Return the condition on referrals that were not acknowledged in time and about which nobody was alarmed yet."""
    states = (Referral.State.SENT, Referral.State.FAILED)
    return Q(state__in=states, alarmed_at=None, acknowledge_by__lt=timezone.now())


def may_export(case: Case, by: Account, referral: Referral) -> str | None:
    """Refuse to download a package that may not leave, and anyone but the handler, a lead and who approved it.

    A package that waits to be handed over may not leave a stopped case.
    """
    if referral.state in TO_HAND_OVER and (refusal := is_not_paused(case, by)):
        return refusal
    if needs_approval(referral):
        return _("A second person must approve the package first.")
    return None if referral.approved_by_id == by.pk else is_handler_or_lead(case, by)
