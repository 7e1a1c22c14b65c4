"""Who may resolve and close a case: the reporter knows the outcome first; P0 and restricted cases take two people.

What is still owed for the case refuses both (``duties``).
"""

from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ..models.case import Case, State
from . import colleagues, duties
from .guards import is_handler, not_held_by_another


def reporter_was_informed(case: Case, by: Account) -> str | None:
    """Refuse to resolve a case unless the handler has sent the reporter a message since the last question.

    If the reporter cannot return to read it, the case is resolved without a message, which requires a reason.
    """
    if refusal := is_handler(case, by) or duties.refuse(case, duties.RESOLVE):
        return refusal
    if case.unreachable and not case.is_reporter_informed:
        return _("This reporter cannot be notified. Resolve the case without notifying, and give the reason.")
    if not case.is_reporter_informed:
        return _("Send the reporter the outcome first. Without a message they keep waiting.")
    return None


def reporter_was_not_informed(case: Case, by: Account) -> str | None:
    """Refuse to resolve a case without a message when the reporter has already been informed."""
    if refusal := is_handler(case, by) or duties.refuse(case, duties.RESOLVE):
        return refusal
    return _("The reporter has been notified. Use “Resolve” instead.") if case.is_reporter_informed else None


def requires_second_person(case: Case, by: Account) -> str | None:
    """Refuse to close an urgent case that is not resolved; P0 and restricted cases also require another person.

    A withheld case that was left open is closed by its only lead, if there is no other.
    """
    resolved = case.state == State.RESOLVED or case.left_open_at
    if case.tier <= 1 and not resolved:
        return _("Resolve the case first. An urgent case is not closed in one step.")
    if not case.needs_second_person:
        return not_held_by_another(case, by)
    if not resolved:
        return _("Resolve the case first. Then a second person must close it.")
    if case.resolved_by_id == by.pk and not _knows_it_alone(case, by):
        return _("A second person must close this case, because you resolved it.")
    return not_held_by_another(case, by)


def _knows_it_alone(case: Case, by: Account) -> bool:
    """Return whether the lead of a withheld case that was left open is its only lead, and did not make it so.

    Nobody else could ever close it, so that it would be kept for ever. The record shows that one person did both.
    """
    return bool(case.withheld and case.left_open_at) and not colleagues.second_leads(case, by).exists()


def is_second_person(case: Case, by: Account) -> bool:
    """Return whether ``by`` is to close what somebody else has resolved, by what was done and not by the story."""
    return case.state == State.RESOLVED and case.needs_second_person and case.resolved_by_id != by.pk


def may_close(case: Case, by: Account) -> str | None:
    """Refuse a case with an open duty, an urgent one not resolved, and P0 or restricted ones to the one who resolved.

    See ``duties`` and ``requires_second_person``.
    """
    return duties.refuse(case, duties.CLOSE) or requires_second_person(case, by)
