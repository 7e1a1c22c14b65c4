"""Conditions of case actions: functions ``(case, by)`` that return the reason for a refusal, or None.

The reason is a full sentence for the user. A row of ``actions.ACTIONS`` names one of these functions; state and
permission have been checked before it is called.
"""

from datetime import timedelta
from typing import cast

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission, users_with_permission

from ..crypto.vault import keys
from ..models.case import Case, State
from . import colleagues

NEW_CODE_DELAY = timedelta(hours=settings.WITHDRAWAL_HOURS)  # a new code waits as long as a withdrawal


def is_not_paused(case: Case, by: Account) -> str | None:
    """Refuse a paused case."""
    return _("The reporter asked us not to use this report for now.") if case.is_stopped else None


def is_handler(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler of the case."""
    if case.handler_id != by.pk:
        return _("This case is not assigned to you. Assign it to yourself first.")
    return None


def is_handler_or_lead(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler and a lead, who may act on a case that another person holds."""
    if case.handler_id != by.pk and not is_lead_of(case, by):
        return _("This case is assigned to someone else. A supervisor can release it.")
    return None


def not_held_by_another(case: Case, by: Account) -> str | None:
    """Refuse while another person holds a lease on the case."""
    if case.is_leased and case.handler_id != by.pk:
        return _("This case is assigned to someone else right now.")
    return None


def can_claim(case: Case, by: Account) -> str | None:
    """Refuse a paused case, an escalated one to anyone but a lead, and to its last handler if there is another lead."""
    if refusal := is_not_paused(case, by):
        return refusal
    if case.state != State.ESCALATED:
        return not_held_by_another(case, by)
    if case.left_open_at:
        return _left_open_for(case, by)
    if not is_lead_of(case, by):
        return (
            _("A lead reviews this case: a colleague escalated it.")
            if case.escalated_by_id
            else _("A supervisor reviews this case: the reporter asked for a second review.")
        )
    if case.escalated_by_id == by.pk and colleagues.other_leads(case, by).exists():
        return _("You escalated this case. Another lead must review it.")
    if not case.escalated_by_id and case.last_handler_id == by.pk and colleagues.other_leads(case, by).exists():
        return _("The reporter asked for someone other than you.")
    return not_held_by_another(case, by)


def _left_open_for(case: Case, by: Account) -> str | None:
    if not is_lead_of(case, by):
        return _("The lead must review this case: it was resolved but not closed.")
    if case.needs_second_person and case.resolved_by_id == by.pk and colleagues.second_leads(case, by).exists():
        return _("You resolved this case. A second person must review and close it.")
    return not_held_by_another(case, by)


def is_lead_of(case: Case, by: Account) -> bool:
    """Return whether this person has the lead permission of the case."""
    return has_role_permission(by, case.lead_permission)


def may_decide_on_erasure(case: Case, by: Account) -> str | None:
    """Refuse anyone but the lead who decides whether the law requires us to keep something (H7)."""
    if case.withdraw_at is None:
        return _("Nobody has asked to withdraw this report.")
    if case.hold:
        return _("This case is under legal hold. Lift the legal hold first.")
    if case.erasure_approved:
        return _("This has already been decided.")
    if not case.erasure_needs_lead:
        return _("This case will be erased automatically when its waiting period ends.")
    return _may_decide(case, by)


def _may_decide(case: Case, by: Account) -> str | None:
    """Refuse anyone but a lead, and a lead who worked on a case at risk if another lead can decide."""
    if refusal := _refuse_non_lead(case, by):
        return refusal
    others = leads_without_conflict(case).exclude(pk=cast("int", by.pk))
    if case.is_at_risk and by.pk in (case.handler_id, case.last_handler_id) and others.exists():
        return _("You worked on this case. Another person must decide whether the law requires us to keep anything.")
    return None


def leads_without_conflict(case: Case) -> QuerySet[User]:
    """Return the leads who may decide whether the law requires us to keep the case, without those who are recused."""
    return users_with_permission(case.erasure_permission).exclude(pk__in=case.recusals.values("person"))


def _refuse_non_lead(case: Case, by: Account) -> str | None:
    if has_role_permission(by, case.erasure_permission):
        return None
    return _("The lead decides whether the law requires us to keep anything.")


def may_withdraw(case: Case, by: Account) -> str | None:
    """Refuse a second withdrawal, and a withdrawal with a code that another person may hold."""
    if case.withdraw_at:
        return _("You have asked for this already.")
    return is_not_frozen(case, by) or _code_is_new(case)


def _code_is_new(case: Case) -> str | None:
    """Refuse for 72 hours: a person who found the code could change it and have the report erased (H6, H7)."""
    changed_at = case.events.filter(action__in=("new_code", "freeze")).values_list("at", flat=True).last()
    if changed_at is None or changed_at + NEW_CODE_DELAY <= timezone.now():
        return None
    return _(
        "The code was changed a short time ago. A report can be withdrawn %(hours)d hours after that. "
        "Until then you can write to us."
    ) % {"hours": settings.WITHDRAWAL_HOURS}


def is_withdrawn(case: Case, by: Account) -> str | None:
    """Refuse unless there is a withdrawal to cancel."""
    return None if case.withdraw_at else _("This report is not withdrawn.")


def may_request_review(case: Case, by: Account) -> str | None:
    """Refuse a second review before the first review took place or missed its deadline, and a repeated request."""
    if case.state == State.ESCALATED and case.promised_again_at and not case.left_open_at:
        return _("You have asked for this already. The time that we promised still holds.")
    if case.seen_at is None:
        return _("Nobody has looked at it yet. The time that we promised still holds.")
    return None


def may_restrict(case: Case, by: Account) -> str | None:
    """Refuse to restrict a case twice, and anyone but the handler and a lead.

    A case that the reporter's own words have restricted can still be restricted here, because it has no new keys yet.
    """
    if case.restricted and case.staff_audience != keys.DESK:
        return _("This case is already restricted.")
    return is_handler_or_lead(case, by)


def may_hold(case: Case, by: Account) -> str | None:
    """Refuse a legal hold to anyone but a lead."""
    if case.hold:
        return _("This case is already under legal hold.")
    return _refuse_non_lead(case, by)


def may_lift(case: Case, by: Account) -> str | None:
    """Refuse to lift a legal hold to anyone but a lead, and to anyone while there are locked files (K7).

    Without the hold the case could be closed or erased, and the files with it.
    """
    if not case.hold:
        return _("This case is not under legal hold.")
    if case.suspected_material_at and case.evidence.exists():
        return _("There are locked files in this case. Have them destroyed first; then the hold can be lifted.")
    return _may_decide(case, by)


def may_unfreeze(case: Case, by: Account) -> str | None:
    """Refuse to make messages readable again, after the code was found, to anyone but the handler and a lead."""
    if case.frozen_at is None:
        return _("The reporter has not said that someone found the code.")
    return None if is_lead_of(case, by) else is_handler(case, by)


def is_not_frozen(case: Case, by: Account) -> str | None:
    """Refuse to change the code while reading is frozen: the holder of the code may not be the reporter."""
    if case.frozen_at:
        return _("State and messages are hidden for this code. Write to us; a person will look at it.")
    return None


def may_write(case: Case, by: Account) -> str | None:
    """Refuse to write to a reporter who cannot return, has paused or lost the code, and in a case of somebody else."""
    if refusal := is_not_paused(case, by):
        return refusal
    if case.frozen_at:
        return _("Somebody found the code: nobody can read a message now. First let the code open messages again.")
    if case.unreachable:
        return _("This reporter cannot come back to read it. Decide based on the information in the case.")
    return is_handler(case, by)
