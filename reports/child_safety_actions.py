"""The rows of ``lifecycle.ACTIONS`` about children: what goes to child safety, and what only child safety decides."""

from django.utils.translation import pgettext_lazy

from safetycenter.transitions import Transition

from . import conditions
from .effects import child_safety
from .models.state import LIVE, OPEN, State

HANDLE = "reports.handle_case"

CHILD_SAFETY_ACTIONS: dict[str, Transition] = {
    "restrict": Transition(
        pgettext_lazy("action", "Restrict to child safety"),
        OPEN,
        None,
        HANDLE,
        child_safety.restrict,
        conditions.not_restricted,
    ),
    "confirm_child": Transition(
        pgettext_lazy("action", "Confirm: a child sexual matter"),
        LIVE,
        None,
        HANDLE,
        child_safety.confirm,
        conditions.may_confirm_child,
    ),
    "allow_files": Transition(
        pgettext_lazy("action", "Allow the files to be opened"),
        LIVE,
        None,
        HANDLE,
        child_safety.allow_files,
        conditions.may_allow_files,
    ),
    "lock": Transition(
        pgettext_lazy("action", "Lock: suspected child sexual abuse material"),
        LIVE,
        State.TRIAGE,
        HANDLE,
        child_safety.lock,
        conditions.not_locked,
    ),
    "destroy_files": Transition(
        pgettext_lazy("action", "Destroy the locked files"),
        LIVE,
        None,
        HANDLE,
        child_safety.destroy_files,
        conditions.may_destroy,
    ),
}
