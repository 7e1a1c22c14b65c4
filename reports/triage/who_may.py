"""Who may take each action of the case table, in words: for the table of rights and the handbook, which decide nothing.

The conditions of ``cases`` decide. ``test_who_may.py`` compares this table with one written by hand and tries that out.
"""

from enum import Enum

LEADS = ("reports.supervise", "reports.handle_restricted", "reports.handle_withheld")
DECIDE_ON_CHILDREN = LEADS[1:]


class Who(Enum):
    """Who, of those with the permission of an action, may take it; the permissions of which they need one, if any."""

    ANYBODY = "everybody", ()
    HANDLER = "the handler", ()
    HANDLER_OR_LEAD = "the handler and leads", ()
    WHO_SORTS = "everybody while it waits, then the handler and leads", ()
    WHO_RANKS = "everybody while it waits, then the handler and child safety", ()
    LEAD = "leads", LEADS
    WHO_ERASES = "leads; where a child or a life is at risk, only child safety", LEADS
    CHILD_SAFETY = "child safety; of a withheld case its lead", DECIDE_ON_CHILDREN
    SECOND_CHILD_SAFETY = "child safety, but not who asked; of a withheld case its lead", DECIDE_ON_CHILDREN
    NAMED_LEAD = "the lead who is named for locked files", DECIDE_ON_CHILDREN
    OFFERED = "the person to whom it was offered", ()
    OFFER = "the person to whom it was offered, the handler and leads", ()
    SENDER = "the person who sent it", ()
    SECOND = "everybody but who prepared it", ()
    CLOSER = "everybody; of P0 and restricted cases not who resolved it", ()
    NOTER = "the person who noted it and leads", ()
    SECOND_LEAD = "leads, but not who noted it", LEADS

    @property
    def words(self) -> str:
        """The people, in English."""
        return self.value[0]

    @property
    def permissions(self) -> tuple[str, ...]:
        """The permissions of which they need one besides that of the action."""
        return self.value[1]


WHO = {
    **dict.fromkeys(("claim", "note", "reopen", "link", "unlink", "recuse"), Who.ANYBODY),
    **dict.fromkeys(("quarantine", "release_from_quarantine", "answer_data_request"), Who.ANYBODY),
    **dict.fromkeys(("reply", "ask", "mark_fact", "resolve", "resolve_without_message", "look_again"), Who.HANDLER),
    **dict.fromkeys(("prepare_referral", "send_referral", "refer", "referral_failed"), Who.HANDLER),
    **dict.fromkeys(("gave_self_report_sheet", "not_to_refer"), Who.HANDLER),
    **dict.fromkeys(("tick", "unfreeze", "offer", "change_category", "restrict", "lock"), Who.HANDLER_OR_LEAD),
    **dict.fromkeys(("release", "note_misuse"), Who.HANDLER_OR_LEAD),
    **dict.fromkeys(("escalate", "route"), Who.WHO_SORTS),
    **dict.fromkeys(("confirm_link", "exclude"), Who.LEAD),
    **dict.fromkeys(("hold", "lift_hold", "approve_erasure"), Who.WHO_ERASES),
    **dict.fromkeys(("ask_lift", "confirm_child", "allow_files", "copy_hotline_link"), Who.CHILD_SAFETY),
    "revoke_take_out": Who.CHILD_SAFETY,
    **dict.fromkeys(("lift_restriction", "agree_take_out", "refuse_take_out"), Who.SECOND_CHILD_SAFETY),
    **dict.fromkeys(("destroy_files", "ask_take_out", "hand_to_police", "correct_hand_over"), Who.NAMED_LEAD),
    "set_tier": Who.WHO_RANKS,
    "undo": Who.SENDER,
    "close": Who.CLOSER,
    "accept": Who.OFFERED,
    "decline": Who.OFFER,
    "approve_referral": Who.SECOND,
    "confirm_misuse": Who.SECOND_LEAD,
    "take_back_misuse": Who.NOTER,
}


def may_ever(action: str, permission: str, names: list[str]) -> bool:
    """Return whether somebody with the permissions ``names`` can ever take the action, which needs ``permission``."""
    needed = WHO[action].permissions
    return permission in names and (not needed or any(name in names for name in needed))
