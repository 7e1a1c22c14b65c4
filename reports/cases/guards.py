"""Why an action may be refused: functions ``(case, by)`` that return a full sentence for the person, or nothing.

A row of ``lifecycle.ACTIONS`` names one of these; state and permission are asked there already.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission, holders

from ..crypto.vault import keys
from ..models.case import Case, State

CODE_SETTLES = timedelta(hours=72)  # as long as a withdrawal takes


def is_handler(case: Case, by: Account) -> str | None:
    """Only the handler may go on with a case."""
    if case.handler_id != by.pk:
        return _("This case is not assigned to you. Assign it to yourself first.")
    return None


def is_handler_or_lead(case: Case, by: Account) -> str | None:
    """The handler hands a case back; a lead breaks a lease."""
    if case.handler_id != by.pk and not leads(case, by):
        return _("This case is assigned to someone else. A supervisor can release it.")
    return None


def not_held_by_another(case: Case, by: Account) -> str | None:
    """Nobody takes or closes what another person holds."""
    if case.is_leased and case.handler_id != by.pk:
        return _("This case is assigned to someone else right now.")
    return None


def can_claim(case: Case, by: Account) -> str | None:
    """An objection is looked at by a lead who did not handle it before, anything else by whoever takes it."""
    if case.state != State.ESCALATED:
        return not_held_by_another(case, by)
    if case.left_open_at:
        return _left_open_for(case, by)
    if not leads(case, by):
        return _("A supervisor reviews this case: the reporter asked for a second review.")
    others = holders(case.lead).exclude(pk=by.pk)
    if case.last_handler_id == by.pk and others.exists():
        return _("The reporter asked for another person than you.")
    return not_held_by_another(case, by)


def _left_open_for(case: Case, by: Account) -> str | None:
    if not leads(case, by):
        return _("The lead looks at this case: it was resolved and nobody closed it.")
    if case.needs_second_person and case.resolved_by_id == by.pk and holders(case.lead).exclude(pk=by.pk).exists():
        return _("You resolved this case. A second person looks at it and closes it.")
    return not_held_by_another(case, by)


def reporter_was_informed(case: Case, by: Account) -> str | None:
    """Our steps are done only when the reporter was told after the last question.

    Where nobody can come back to read it, the case is resolved without a message, which asks for a reason.
    """
    if refusal := is_handler(case, by):
        return refusal
    if case.no_return and not case.was_told:
        return _("Nobody can be told here. Resolve the case without a message, and say why it is done.")
    if not case.was_told:
        return _("Tell the reporter the outcome first. Resolving without a word leaves them waiting.")
    return None


def reporter_was_not_informed(case: Case, by: Account) -> str | None:
    """Resolving without a word is for those who were not told and could come back to read it."""
    if refusal := is_handler(case, by):
        return refusal
    return _("The reporter has been told. Resolve the case in the ordinary way.") if case.was_told else None


def second_person(case: Case, by: Account) -> str | None:
    """An urgent case is resolved before it is closed; a P0 or restricted one is closed by someone else then."""
    resolved = case.state == State.RESOLVED or case.left_open_at
    if case.tier <= 1 and not resolved:
        return _("Resolve the case first. An urgent case is not closed in one step.")
    if not case.needs_second_person:
        return not_held_by_another(case, by)
    if not resolved:
        return _("Resolve the case first. Closing it then takes a second person.")
    if case.resolved_by_id == by.pk:
        return _("A second person must close this case: you resolved it.")
    return not_held_by_another(case, by)


def may_close(case: Case, by: Account) -> str | None:
    """A case under legal hold is not closed: nothing brings a closed case to anybody, and the hold would be forgotten.

    Without a hold, ``second_person`` decides.
    """
    if case.hold:
        return _("This case is under legal hold. Lift the legal hold before you close it.")
    return second_person(case, by)


def may_open_files(case: Case, by: Account) -> str | None:
    """The handler opens files; on a resolved case also the second person whom closing it takes. Nobody else.

    A legal hold changes nothing here.
    """
    if case.state == State.RESOLVED and case.needs_second_person and has_role_permission(by, "reports.handle_case"):
        return second_person(case, by)
    return is_handler(case, by)


def leads(case: Case, by: Account) -> bool:
    """Whether this person is the lead of such a case."""
    return has_role_permission(by, case.lead)


def decides_on_erasure(case: Case, by: Account) -> str | None:
    """Where a child or a life is at risk, a lead decides what the law has us keep (H7)."""
    if case.withdraw_at is None:
        return _("Nobody has asked to withdraw this report.")
    if case.hold:
        return _("This case is under legal hold. Lift the legal hold first.")
    if case.erasure_approved:
        return _("This was decided already.")
    if not case.erasure_needs_lead:
        return _("This case is erased by itself when its time is over.")
    return _decides(case, by)


def _decides(case: Case, by: Account) -> str | None:
    """The handler does not decide about their own case where somebody else can."""
    if refusal := _is_no_lead(case, by):
        return refusal
    others = holders(case.decides_on_erasure).exclude(pk=by.pk)
    if case.is_at_risk and by.pk in (case.handler_id, case.last_handler_id) and others.exists():
        return _("You worked on this case. Another person decides whether the law has us keep something.")
    return None


def _is_no_lead(case: Case, by: Account) -> str | None:
    if has_role_permission(by, case.decides_on_erasure):
        return None
    return _("The lead decides whether the law has us keep something.")


def may_withdraw(case: Case, by: Account) -> str | None:
    """Not twice, and not with a code that somebody else may hold."""
    if case.withdraw_at:
        return _("You have asked for this already.")
    return unfrozen(case, by) or _code_is_new(case)


def _code_is_new(case: Case) -> str | None:
    """Whoever found a code could change it and then delete the report before its reporter knows (H6, H7)."""
    changed_at = case.events.filter(action__in=("new_code", "freeze")).values_list("at", flat=True).last()
    if changed_at is None or changed_at + CODE_SETTLES <= timezone.now():
        return None
    return _(
        "The code was changed a short time ago. A report can be withdrawn three days after that. "
        "Until then you can write to us."
    )


def withdrawn(case: Case, by: Account) -> str | None:
    """There is a withdrawal that can be cancelled."""
    return None if case.withdraw_at else _("This report is not withdrawn.")


def may_object(case: Case, by: Account) -> str | None:
    """Another person can only look after a first one did, and is asked for once; until then the promise holds."""
    if case.state == State.ESCALATED and case.promised_again_at and not case.left_open_at:
        return _("You have asked for this already. The time that we promised still holds.")
    if case.seen_at is None:
        return _("Nobody has looked at it yet. The time that we promised still holds.")
    return None


def not_restricted(case: Case, by: Account) -> str | None:
    """Restricting happens once, by the handler or a lead. A case closed by its own words still needs other keys."""
    if case.restricted and case.staff_audience != keys.DESK:
        return _("This case is restricted already.")
    return is_handler_or_lead(case, by)


def not_locked(case: Case, by: Account) -> str | None:
    """Locking happens once, by the handler who found it or a lead."""
    if case.suspected_material_at:
        return _("This case is locked already.")
    return is_handler_or_lead(case, by)


def may_destroy(case: Case, by: Account) -> str | None:
    """Locked files are destroyed by a lead other than who locked them."""
    if not case.suspected_material_at or not case.evidence.exists():
        return _("There is no locked file in this case.")
    if not leads(case, by):
        return _("The child-safety lead decides about locked files.")
    return _("A second person must do this: you locked the case.") if case.locked_by_id == by.pk else None


def may_hold(case: Case, by: Account) -> str | None:
    """A lead keeps a case by law."""
    if case.hold:
        return _("This case is already under legal hold.")
    return _is_no_lead(case, by)


def may_lift(case: Case, by: Account) -> str | None:
    """A lead ends a legal hold."""
    if not case.hold:
        return _("This case is not under legal hold.")
    return _decides(case, by)


def frozen_and_mine(case: Case, by: Account) -> str | None:
    """The handler lets the code open messages again after someone was said to have found it."""
    if case.frozen_at is None:
        return _("Nobody has said that the code was found.")
    return None if leads(case, by) else is_handler(case, by)


def unfrozen(case: Case, by: Account) -> str | None:
    """While reading is stopped, whoever holds the code cannot change it either."""
    if case.frozen_at:
        return _("State and messages are hidden for this code. Write to us; a person will look at it.")
    return None


def answerable(case: Case, by: Account) -> str | None:
    """There is somebody who can come back and read it, and the case is with the writer."""
    if case.no_return:
        return _("This reporter cannot come back to read it. Decide with what is there.")
    return is_handler(case, by)
