"""The rows of ``actions.ACTIONS`` about children: what is handed to child safety, and what only they decide."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from ..models.state import LIVE, OPEN, State
from . import child_safety_guards, custody, file_guards, guards, police_guards
from .case_action import SORT, SealedParts, StaffAction, TimedAction
from .case_effects import child_safety, police

# Action of housekeeping at a desk.
RENEW_KEYS = TimedAction(
    gettext_lazy("New keys for child safety"),
    LIVE,
    effect=child_safety.renew_keys,
    condition=child_safety_guards.needs_new_keys,
    sealed_parts=SealedParts.USED,
)

MOVE_CUSTODY = TimedAction(
    gettext_lazy("Keys of locked files given to the named lead"),
    LIVE,
    effect=custody.move,
    condition=custody.must_move,
    sealed_parts=SealedParts.USED,
)

CHILD_SAFETY_ACTIONS: dict[str, StaffAction] = {
    "set_tier": StaffAction(
        pgettext_lazy("action", "Set the priority"),
        OPEN,
        permission=SORT,
        effect=child_safety.set_tier,
        condition=child_safety_guards.may_set_tier,
        sealed_parts=SealedParts.UNUSED,
    ),
    "restrict": StaffAction(
        pgettext_lazy("action", "Restrict to child safety"),
        OPEN,
        effect=child_safety.restrict,
        condition=guards.may_restrict,
        sealed_parts=SealedParts.RENEWED,
    ),
    "ask_lift": StaffAction(
        pgettext_lazy("action", "Ask to lift the restriction"),
        LIVE,
        effect=child_safety.request_lift,
        condition=child_safety_guards.may_ask_to_lift,
        sealed_parts=SealedParts.USED,
    ),
    "lift_restriction": StaffAction(
        pgettext_lazy("action", "Lift the restriction"),
        LIVE,
        effect=child_safety.lift_restriction,
        condition=child_safety_guards.may_lift_restriction,
        sealed_parts=SealedParts.USED,
    ),
    "confirm_child": StaffAction(
        pgettext_lazy("action", "Confirm: a child sexual matter"),
        LIVE,
        effect=child_safety.confirm_child_material,
        condition=child_safety_guards.may_confirm_child,
        sealed_parts=SealedParts.USED,
    ),
    "allow_files": StaffAction(
        pgettext_lazy("action", "Allow the files to be opened"),
        LIVE,
        effect=child_safety.allow_files,
        condition=child_safety_guards.may_allow_files,
        sealed_parts=SealedParts.USED,
    ),
    "copy_hotline_link": StaffAction(
        pgettext_lazy("action", "Copy the link for the hotline"),
        OPEN,
        effect=child_safety.copy_hotline_link,
        condition=child_safety_guards.may_copy_hotline_link,
        sealed_parts=SealedParts.USED,
        needs_proof=True,
    ),
    "lock": StaffAction(
        pgettext_lazy("action", "Lock: suspected child sexual abuse material"),
        LIVE,
        State.TRIAGE,
        effect=child_safety.lock,
        condition=file_guards.may_lock,
        sealed_parts=SealedParts.RENEWED,
        hold=True,
        lead_reads_first=True,
    ),
    "ask_take_out": StaffAction(
        pgettext_lazy("action", "Ask to take the locked files out"),
        LIVE,
        effect=police.ask_take_out,
        condition=police_guards.may_ask,
        sealed_parts=SealedParts.UNUSED,
    ),
    "agree_take_out": StaffAction(
        pgettext_lazy("action", "Agree that the locked files go to the police"),
        LIVE,
        effect=police.agree_take_out,
        condition=police_guards.may_agree,
        sealed_parts=SealedParts.UNUSED,
        needs_proof=True,
    ),
    "refuse_take_out": StaffAction(
        pgettext_lazy("action", "Refuse to let the locked files go to the police"),
        LIVE,
        effect=police.refuse_take_out,
        condition=police_guards.may_refuse,
        sealed_parts=SealedParts.UNUSED,
    ),
    "revoke_take_out": StaffAction(
        pgettext_lazy("action", "Take the agreement about the locked files back"),
        LIVE,
        effect=police.revoke_take_out,
        condition=police_guards.may_revoke,
        sealed_parts=SealedParts.UNUSED,
    ),
    "hand_to_police": StaffAction(
        pgettext_lazy("action", "Hand the locked files to the police"),
        LIVE,
        effect=police.hand_to_police,
        condition=police_guards.may_hand_over,
        sealed_parts=SealedParts.UNUSED,
        needs_proof=True,
    ),
    "correct_hand_over": StaffAction(
        pgettext_lazy("action", "Correct what was written about the hand-over"),
        LIVE,
        effect=police.correct_hand_over,
        condition=police_guards.may_correct,
        sealed_parts=SealedParts.UNUSED,
        needs_proof=True,
    ),
    "destroy_files": StaffAction(
        pgettext_lazy("action", "Destroy the locked files"),
        LIVE,
        effect=child_safety.destroy_files,
        condition=file_guards.may_destroy,
        sealed_parts=SealedParts.UNUSED,
        needs_proof=True,
    ),
}
