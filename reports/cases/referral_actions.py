"""The rows of ``actions.ACTIONS`` that pass a case on to an agency; their forms are on one page (``triage.refer``)."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from ..models.state import LIVE, REFERABLE_STATES, WORKED_ON, State
from . import referral_guards
from .case_action import SealedParts, StaffAction, TimedAction
from .case_effects import referral

REFERRAL_ACTIONS: dict[str, StaffAction | TimedAction] = {
    "prepare_referral": StaffAction(
        pgettext_lazy("action", "Prepare a package for an agency"),
        WORKED_ON,
        effect=referral.prepare,
        condition=referral_guards.may_prepare,
        sealed_parts=SealedParts.USED,
        own_page=True,
    ),
    "approve_referral": StaffAction(
        pgettext_lazy("action", "Approve the package"),
        WORKED_ON,
        effect=referral.approve,
        condition=referral_guards.may_approve,
        sealed_parts=SealedParts.UNUSED,
        own_page=True,
    ),
    "send_referral": StaffAction(
        pgettext_lazy("action", "The package was handed over"),
        WORKED_ON,
        effect=referral.send,
        condition=referral_guards.may_send,
        sealed_parts=SealedParts.UNUSED,
        own_page=True,
    ),
    "refer": StaffAction(
        pgettext_lazy("action", "Enter the receipt of the agency"),
        WORKED_ON,
        State.REFERRED,
        effect=referral.refer,
        condition=referral_guards.may_enter_receipt,
        sealed_parts=SealedParts.USED,
        own_page=True,
    ),
    "referral_failed": StaffAction(
        pgettext_lazy("action", "The package did not reach the agency"),
        WORKED_ON,
        effect=referral.record_failure,
        condition=referral_guards.may_record_failure,
        sealed_parts=SealedParts.UNUSED,
        own_page=True,
    ),
    "gave_self_report_sheet": StaffAction(
        pgettext_lazy("action", "Send the self-report sheet"),
        WORKED_ON,
        effect=referral.give_sheet,
        condition=referral_guards.may_give_sheet,
        sealed_parts=SealedParts.USED,
        own_page=True,
    ),
    "not_to_refer": StaffAction(
        pgettext_lazy("action", "Decide not to pass it on"),
        WORKED_ON,
        effect=referral.not_to_refer,
        condition=referral_guards.may_decide_not_to_refer,
        sealed_parts=SealedParts.UNUSED,
        own_page=True,
    ),
    "late_to_refer": TimedAction(
        gettext_lazy("The time to refer ended without a decision"),
        REFERABLE_STATES,
        effect=referral.alarm_late,
        condition=referral_guards.is_late_to_refer,
    ),
    "referral_unacknowledged": TimedAction(
        gettext_lazy("An agency did not acknowledge a package in time"),
        LIVE,
        effect=referral.alarm_unacknowledged,
        condition=referral_guards.is_unacknowledged,
    ),
}
