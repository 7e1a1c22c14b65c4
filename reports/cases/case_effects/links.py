"""Effects of linking reports about the same matter: one of them leads, none is merged.

A link is stored on the linked case only, so that an action locks one row. Staff see of the others only what they may
see anyway (``CaseQuerySet.visible_to``).
"""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...crypto.receipts import reference_in
from ...models.case import Case
from . import clock, shared


def link(case: Case, by: User, reference: str) -> dict:
    """Link the case to the one with this ``reference``, or to the one that leads that case.

    Raises NotAllowed if there is no such case for ``by``, or if the two cannot be linked.
    """
    other = Case.objects.visible_to(by).filter(reference=reference_in(reference)).first()
    if other is None:
        raise NotAllowed(_("There is no case with this number that you may see."))
    lead = (other.lead_case_id and Case.objects.visible_to(by).filter(pk=other.lead_case_id).first()) or other
    if lead.pk == case.pk:
        raise NotAllowed(_("These two cases are linked already."))
    if case.linked_cases.exists():
        raise NotAllowed(_("This case leads others. Link the other case to this one instead."))
    if case.lead_case_id == lead.pk:
        raise NotAllowed(_("These two cases are linked already."))
    case.lead_case = lead
    return {}


def confirm(case: Case, by: User, reason: str = "") -> dict:
    """Confirm that the case belongs to the reports with which it is linked; it gets points within its tier.

    ``reason`` becomes a team note.

    Reports alone never raise a case: many of them may come from one person (safety rule H23).
    """
    clock.add_reason(case, clock.CLUSTER)
    return shared.add_reason(case, by, reason)


def unlink(case: Case, by: User | None, reason: str = "") -> dict:
    """End the link to the leading case, and take back the points of a confirmed one. ``reason`` becomes a team note."""
    case.lead_case = None
    clock.remove_reason(case, clock.CLUSTER)
    return shared.add_reason(case, by, reason)
