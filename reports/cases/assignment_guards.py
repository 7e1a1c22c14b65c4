"""Conditions of actions on who works on a case; see ``guards``."""

from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission

from ..models.case import Case
from ..models.state import WAITING
from ..routing.rules import has_teams
from ..staffing import availability
from . import handover, linked
from .case_action import HANDLE
from .case_effects import clock
from .guards import is_handler, is_handler_or_lead, is_lead_of, is_not_paused, not_held_by_another


def may_offer(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler and a lead, and a second offer while one is open."""
    if refusal := is_handler_or_lead(case, by):
        return refusal
    return _("This case has already been offered to somebody.") if case.offered_to_id else None


def was_offered_to(case: Case, by: Account) -> str | None:
    """Refuse anyone but the person to whom the case was offered."""
    return None if case.offered_to_id == by.pk else _("This case has not been offered to you.")


def may_end_offer(case: Case, by: Account) -> str | None:
    """Refuse anyone but the person to whom the case was offered, the handler and a lead."""
    if case.offered_to_id is None:
        return _("This case has not been offered to anybody.")
    return None if case.offered_to_id == by.pk else is_handler_or_lead(case, by)


def may_escalate(case: Case, by: Account) -> str | None:
    """Refuse a waiting case to those who do not sort cases, and any other case to those who do not hold it."""
    if case.state not in WAITING:
        return is_handler_or_lead(case, by)
    return not_held_by_another(case, by)


def may_route(case: Case, by: Account) -> str | None:
    """Refuse a case of child safety, a site without teams, and those who may not escalate the case either."""
    if case.restricted or case.withheld:
        return _("A restricted case is never routed to a team.")
    if not has_teams(case):
        return _("There is no team in use.")
    return may_escalate(case, by)


def may_recuse(case: Case, by: Account) -> str | None:
    """Refuse those who handle no cases: they read none."""
    return None if has_role_permission(by, HANDLE) else _("Your role does not allow this.")


def may_exclude(case: Case, by: Account) -> str | None:
    """Refuse anyone but a lead of the case."""
    return None if is_lead_of(case, by) else _("Only a lead can decide this.")


def may_look_again(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler, and a case of which a clock has ended."""
    if refusal := is_handler(case, by):
        return refusal
    if (ends := clock.next_clock(case)) is None or ends > timezone.now():
        return None
    if ends == case.refer_due_at and ends != case.next_action_at:
        return _("The time to refer of this case has ended. It cannot wait.")
    return _("The next step of this case is overdue. It cannot wait.")


def may_quarantine(case: Case, by: Account) -> str | None:
    """Refuse cases of P0 and P1, of minors and of unknown age (H19), and one for which another person was asked."""
    if case.tier <= 1 or case.age_band != Case.AgeBand.ADULT or case.restricted or case.withheld:
        return _("A case of P0 or P1, of a minor or of unknown age is never quarantined.")
    if case.other_due_at:
        return _("The reporter asked for another person, who must take the case first.")
    return not_held_by_another(case, by)


def may_link(case: Case, by: Account) -> str | None:
    """Refuse a paused case, and to link one again before the first link was ended, if ``by`` may know of it (H25)."""
    if refusal := is_not_paused(case, by):
        return refusal
    return _("This case is linked already. End that link first.") if linked.has_visible_lead(case, by) else None


def is_linked(case: Case, by: Account) -> str | None:
    """Refuse unless the case is linked to another one that ``by`` may know of, or a lead has confirmed that."""
    is_known = clock.CLUSTER in case.reasons or linked.has_visible_lead(case, by)
    return None if is_known else _("This case is not linked.")


def may_confirm_link(case: Case, by: Account) -> str | None:
    """Refuse anyone but a lead, a second confirmation, and a case without a linked one that ``by`` may know of."""
    if not is_lead_of(case, by):
        return _("A lead confirms that reports belong together.")
    if clock.CLUSTER in case.reasons:
        return _("This has already been confirmed.")
    return None if linked.linked(case, by) else _("This case is not linked.")


def may_change_category(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler and a lead."""
    return is_handler_or_lead(case, by)


def may_release(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler and a lead, and the handler of an open conversation about a life (H24)."""
    if refusal := is_handler_or_lead(case, by):
        return refusal
    return handover.refuse_to_leave(case) if case.handler_id == by.pk else None


def is_not_alarmed(case: Case, by: Account) -> str | None:
    """Refuse a case that is not urgent, and a second page about it within some hours."""
    if case.tier > availability.URGENT_TIER:
        return _("This case is not urgent.")
    alarmed = Case.objects.filter(availability.was_alarmed(case.pk), pk=case.pk).exists()
    return _("A lead was paged about this case a short time ago.") if alarmed else None
