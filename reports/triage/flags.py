"""The facts that staff must know about a case first, in words: for the rows of the queue and the head of its page."""

from django.utils.translation import gettext as _

from ..crypto.vault import keys
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keys import KeyMissingError
from ..models.case import Case
from ..referral.time_to_refer import refer_due
from ..staffing.hours import in_words


def flags(case: Case) -> list[tuple[str, str]]:
    """Return ``(kind of chip, sentence)`` pairs, the most serious first."""
    said = [
        (case.risk_flag, "danger", _("Words about dying or self-harm")),
        (
            case.suspected_material_at,
            "danger",
            _("Locked: suspected child sexual abuse material. Nobody opens a file."),
        ),
        (coerced(case) == "yes", "danger", _("Someone is telling the reporter to withdraw")),
        (case.frozen_at, "danger", _("The reporter says someone found the code")),
        (case.withdraw_at, "warn", _withdrawal(case)),
        (case.is_stopped, "warn", _("Paused: the reporter does not want this report used for now")),
        (late_to_refer(case), "danger", _("The time to refer is over: decide now")),
        (case.unreachable, "warn", _("The reporter cannot come back: decide without asking")),
        (case.hold, "warn", _("Legal hold")),
        (case.burst, "warn", _("Many urgent reports came from one network")),
        (case.restricted, "warn", _("Restricted to child safety")),
        (case.child_confirmed_at, "warn", _("Confirmed by child safety")),
        (
            case.lift_requested_by_id,
            "warn",
            _("Child safety: a second person must decide whether to lift the restriction"),
        ),
        (case.team_id, "", _team(case)),
        (case.unread_reply, "brand", _("New reply")),
    ]
    return [(kind, sentence) for holds, kind, sentence in said if holds]


def late_to_refer(case: Case) -> bool:
    """Return whether the case should have been passed on, or decided otherwise, by now (safety rule K1)."""
    due = refer_due(case)
    return due is not None and due.is_late


def coerced(case: Case) -> str:
    """Return the reporter's answer about pressure to withdraw; empty when there is none or it cannot be opened."""
    wrapped = case.wrapped_coerced
    if wrapped is None:
        return ""
    try:
        return keys.unwrap(case.staff_audience, wrapped).decode().strip()
    except (KeyMissingError, UnreadableError):
        return ""


def _team(case: Case) -> str:
    return _("Team: %(name)s") % {"name": case.team} if case.team else ""


def _withdrawal(case: Case) -> str:
    if not case.withdraw_at:
        return ""
    when = {"when": in_words(case.withdraw_at)}
    if case.erasure_needs_lead and not case.erasure_approved:
        return _("Withdrawn; the lead decides by %(when)s") % when
    return _("Withdrawn, erased %(when)s") % when
