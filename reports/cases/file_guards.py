"""Conditions of what is done with the files of a case: opened, locked, destroyed. See ``guards``."""

from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission

from ..models.case import Case, State
from . import closing_guards, custody_standing, guards


def may_open_files(case: Case, by: Account) -> str | None:
    """Refuse anyone but the handler and, on a resolved case, the second person. A legal hold makes no difference."""
    if case.state == State.RESOLVED and case.needs_second_person and has_role_permission(by, "reports.handle_case"):
        return closing_guards.requires_second_person(case, by)
    return guards.is_handler(case, by)


def may_lock(case: Case, by: Account) -> str | None:
    """Refuse to lock files twice, and anyone but the handler who found them and a lead."""
    if case.suspected_material_at:
        return _("This case is already locked.")
    return guards.is_handler_or_lead(case, by)


def may_destroy(case: Case, by: Account) -> str | None:
    """Refuse to destroy locked files to anyone but the named lead, or to the person who locked them (K7).

    Any other lead destroys them if nobody is named, or if the named lead has locked them. If the named lead has a
    conflict of interest, a successor is named first: otherwise a lead could exclude that person and decide alone.
    """
    if not case.suspected_material_at or not case.evidence.exists():
        return _("There is no locked file in this case.")
    if not guards.is_lead_of(case, by):
        return _("The child-safety lead decides about locked files.")
    standing = custody_standing.standing(case)
    if standing.has_conflict:
        return _(
            "The lead for locked files has a conflict of interest. An account administrator names another one first."
        )
    if standing.named and by.pk != standing.named != case.locked_by_id:
        return _("Only %(name)s decides about locked files.") % {"name": standing.name}
    return _("A second person must do this, because you locked the case.") if case.locked_by_id == by.pk else None
