"""The rows of ``lifecycle.ACTIONS`` about children: what is handed to child safety, and what only they decide."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from safetycenter.transitions import Transition

from ..models.state import LIVE, OPEN, State
from . import child_safety_guards, guards
from .case_effects import child_safety

# Action of housekeeping at a desk.
RENEW_KEYS = Transition(
    gettext_lazy("New keys for child safety"),
    LIVE,
    effect=child_safety.renew_keys,
    condition=child_safety_guards.needs_new_keys,
)
HANDLE = "reports.handle_case"

CHILD_SAFETY_ACTIONS: dict[str, Transition] = {
    "set_tier": Transition(
        pgettext_lazy("action", "Set the priority"),
        OPEN,
        None,
        HANDLE,
        child_safety.set_tier,
        child_safety_guards.may_set_tier,
    ),
    "restrict": Transition(
        pgettext_lazy("action", "Restrict to child safety"),
        OPEN,
        None,
        HANDLE,
        child_safety.restrict,
        guards.may_restrict,
    ),
    "ask_lift": Transition(
        pgettext_lazy("action", "Ask to lift the restriction"),
        LIVE,
        None,
        HANDLE,
        child_safety.request_lift,
        child_safety_guards.may_ask_to_lift,
    ),
    "lift_restriction": Transition(
        pgettext_lazy("action", "Lift the restriction"),
        LIVE,
        None,
        HANDLE,
        child_safety.lift_restriction,
        child_safety_guards.may_lift_restriction,
    ),
    "confirm_child": Transition(
        pgettext_lazy("action", "Confirm: a child sexual matter"),
        LIVE,
        None,
        HANDLE,
        child_safety.confirm_child_material,
        child_safety_guards.may_confirm_child,
    ),
    "allow_files": Transition(
        pgettext_lazy("action", "Allow the files to be opened"),
        LIVE,
        None,
        HANDLE,
        child_safety.allow_files,
        child_safety_guards.may_allow_files,
    ),
    "lock": Transition(
        pgettext_lazy("action", "Lock: suspected child sexual abuse material"),
        LIVE,
        State.TRIAGE,
        HANDLE,
        child_safety.lock,
        guards.may_lock,
    ),
    "destroy_files": Transition(
        pgettext_lazy("action", "Destroy the locked files"),
        LIVE,
        None,
        HANDLE,
        child_safety.destroy_files,
        guards.may_destroy,
    ),
}
