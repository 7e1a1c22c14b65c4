"""The kinds of rows in the table of case actions, and what else the product must know of an action.

A property of an action is a field of its row, so that the audit log, erasure and statistics read the same
declaration. A field without a default must be decided for each new action.
"""

from dataclasses import dataclass
from enum import Enum

from safetycenter.transitions import Transition

HANDLE = "reports.handle_case"
SORT = "reports.sort_case"


class SealedParts(Enum):
    """What an action at a desk does with the sealed parts of a case, and so what happens if these were replaced."""

    UNUSED = "reads no part and seals nothing under a key of the case; possible also if parts were replaced"
    RENEWED = "renews the keys; if parts were replaced, they keep the old keys until they are right (renew_keys)"
    USED = "reads a part or seals under its key; refused if parts were replaced"


@dataclass(frozen=True, kw_only=True)
class CaseAction(Transition):
    """An action on a case.

    ``assigns``: ``by`` is the handler from then on. ``hold``: True if the action places a legal hold, False if it
    lifts one. ``lead_reads_first``: a withdrawal waits for the decision of a lead, again if a lead has decided before
    (H7).
    """

    assigns: bool = False
    hold: bool | None = None
    lead_reads_first: bool = False


@dataclass(frozen=True, kw_only=True)
class StaffAction(CaseAction):
    """An action of a member of staff, with a button on the case page, or with ``own_page`` on another page.

    ``needs_proof``: the person first shows again that it is them (``safetycenter.accounts.proof``). Never for what a
    report in danger waits for.
    """

    permission: str = HANDLE
    sealed_parts: SealedParts
    own_page: bool = False
    needs_proof: bool = False


class ReporterAction(CaseAction):
    """An action of the reporter. The code authorises it, so no permission is checked.

    A public node cannot compare sealed parts with the log: it has no key of a desk.
    """


@dataclass(frozen=True, kw_only=True)
class TimedAction(CaseAction):
    """An action that housekeeping takes at a desk when a deadline passes."""

    sealed_parts: SealedParts = SealedParts.UNUSED
