"""Conditions of actions that concern children or the tier of a case; see ``guards``."""

from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission

from ..crypto.vault import keys
from ..evidence import file_gate
from ..models.case import Case
from ..models.state import WAITING
from ..questions.category import category_of
from .guards import is_handler

CHILD_SEXUAL = frozenset({"child_image", "child_sexual", "sexual_told"})  # names of ``priority.RULES``


def may_set_tier(case: Case, by: Account) -> str | None:
    """Refuse to set the tier of an assigned case to anyone but its handler and child safety.

    Everyone who sorts cases may set that of a waiting one, also of a quarantined one, which they check.
    Who may lower a tier depends on the tier
    (``case_effects.child_safety``).
    """
    if case.state in WAITING or has_role_permission(by, case.child_safety_permission):
        return None
    return is_handler(case, by)


def needs_new_keys(case: Case, by: Account) -> str | None:
    """Refuse unless the reporter's own words have restricted the case and it has no new keys yet."""
    return None if case.restricted_by_words else _("The keys of this case are already correct.")


def may_ask_to_lift(case: Case, by: Account) -> str | None:
    """Refuse anyone but child safety, and a second request; another member of child safety lifts the restriction."""
    if refusal := _stays_restricted(case, by):
        return refusal
    return _("This has already been requested. Another person must decide.") if case.lift_requested_by_id else None


def may_lift_restriction(case: Case, by: Account) -> str | None:
    """Refuse anyone but a second member of child safety."""
    if refusal := _stays_restricted(case, by):
        return refusal
    if case.lift_requested_by_id is None:
        return _("Another member of child safety must request this first.")
    if case.lift_requested_by_id == by.pk:
        return _("A second person must do this, because you requested it.")
    if not case.indexed or case.staff_audience == keys.DESK:  # otherwise the gate index would lose the strict entry
        return _("This case is still being prepared. Try again in a few minutes.")
    return None


def _stays_restricted(case: Case, by: Account) -> str | None:
    if not has_role_permission(by, case.child_safety_permission):
        return _("Only child safety can decide this.")
    if not case.restricted:
        return _("This case is not restricted.")
    if case.suspected_material_at or case.child_confirmed_at:
        return _("This case is locked or confirmed, so it stays with child safety.")
    return None


def may_confirm_child(case: Case, by: Account) -> str | None:
    """Refuse anyone but child safety, cases that are not restricted, and a second confirmation."""
    if not has_role_permission(by, case.child_safety_permission):
        return _("Only child safety can decide this.")
    if case.child_confirmed_at:
        return _("This has already been confirmed.")
    return None if case.restricted else _("Restrict the case first.")


def may_allow_files(case: Case, by: Account) -> str | None:
    """Refuse anyone but child safety to decide on files kept closed by an unconfirmed report elsewhere (H14)."""
    if not has_role_permission(by, case.child_safety_permission):
        return _("Only child safety can decide this.")
    if case.suspected_material_at:
        return _("The files of a locked case stay closed.")
    linked = file_gate.link_status(case)
    if linked == "confirmed":
        return _("These files stay closed: the other case is confirmed.")
    since = case.files_reviewed_at
    unreviewed = [item for item in case.evidence.all() if since is None or item.added_at > since]
    return None if linked and unreviewed else _("No other case keeps a file of this one closed.")


def may_copy_hotline_link(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler of child safety, a matter that is not sexual or has no child, and a second copy.

    A matter that neither its category nor its answers show as such is one once child safety has confirmed or locked it.
    """
    if not has_role_permission(by, case.child_safety_permission):
        return _("Only child safety can decide this.")
    if not case.restricted:
        return _("Restrict the case first.")
    is_confirmed = case.child_confirmed_at or case.suspected_material_at
    if not (
        is_confirmed
        or category_of({"category": case.category_id}).restricted
        or CHILD_SEXUAL.intersection(case.tier_rules)
    ):
        return _("Confirm first that it is a child sexual matter.")
    if refusal := is_handler(case, by):
        return refusal
    return _("The link has been copied once already.") if case.hotline_link_at else None
