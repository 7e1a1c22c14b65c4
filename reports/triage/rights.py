"""What each role may see and do at the desk, read from the same tables as the checks: for docs and the handbook."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..cases.actions import STAFF_ACTIONS
from ..cases.case_action import HANDLE, SORT
from ..roles import ROLES
from .who_may import may_ever

READ = "reports.read_case"
KINDS = {
    "reports.view_ordinary": _("ordinary"),
    "reports.handle_restricted": _("restricted to child safety"),
    "reports.handle_withheld": _("withheld (conflict of interest)"),
}
ASKED = (SORT, READ, HANDLE)  # the columns of the table of roles


@dataclass(frozen=True)
class Rights:
    """The rights of one role. ``kinds`` are the kinds of cases that it knows of, ``actions`` what it may do there."""

    kinds: list[Text]
    sorts: bool
    reads: bool
    handles: bool
    actions: list[Text]


def of_role(role: str) -> Rights:
    """Return the rights of a role; a role that is not of the desk has none."""
    names = ROLES.get(role, [])
    sorts, reads, handles = (name in names for name in ASKED)
    return Rights(kinds(names), sorts, reads, handles, actions(names))


def kinds(names: Iterable[str]) -> list[Text]:
    """Return the kinds of cases that somebody with these permissions knows of."""
    return [kind for name, kind in KINDS.items() if name in names]


def actions(names: list[str]) -> list[Text]:
    """Return the labels of the actions that these permissions allow; each has further conditions."""
    return [row.label for action, row in STAFF_ACTIONS.items() if may_ever(action, row.permission, names)]
