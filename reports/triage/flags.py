"""The facts that staff must know about a case first, in words: for the rows of the queue and the head of its page."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission

from ..cases.case_effects import restored
from ..cases.lifecycle import labels
from ..crypto.vault import keys
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keys import KeyMissingError
from ..models.case import Case
from ..models.event import Event
from ..referral.time_to_refer import refer_due
from ..staffing.hours import short_in_words


def flags(case: Case, timeline: Sequence[Event] = (), in_queue_of: Account | None = None) -> list[tuple[str, str]]:
    """Return ``(kind of chip, sentence)`` pairs, the most serious first.

    What a restore did is read from a case that was found ``with_data_requests``. ``timeline``: the latest events, the
    newest first, for the names of the decisions that a lead must take again. ``in_queue_of``: a row of the queue of
    this person, which names no withdrawal that somebody else decides on.
    """
    said = [
        (case.risk_flag, "danger", _("Words about dying or self-harm")),
        (
            case.suspected_material_at,
            "danger",
            _("Locked: suspected child sexual abuse material. Nobody opens a file."),
        ),
        (coerced(case) == "yes", "danger", _("Someone is telling the reporter to withdraw")),
        (case.frozen_at, "danger", _frozen(case)),
        (case.hold, "danger", _decided_before_restore(case, timeline)),
        (case.other_due_at, "danger", _other_person(case)),
        (case.withdraw_at and _concerns(case, in_queue_of), "warn", _withdrawal(case)),
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
        (case.misuse_noted_by_id, "warn", _misuse(case)),
        (case.team_id, "", _team(case)),
        (case.unread_reply, "brand", _("New reply")),
    ]
    return [(kind, sentence) for holds, kind, sentence in said if holds and sentence]


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


def _frozen(case: Case) -> str:
    if vars(case).get("frozen_by") == restored.CODE_LOST:
        return _("A backup was restored and the newer code is lost: the person who writes now may not be the reporter")
    return _("The reporter says someone found the code")


def _decided_before_restore(case: Case, timeline: Sequence[Event]) -> str:
    """Return what to do about decisions that a restore lost; empty once a lead has lifted the hold since."""
    if vars(case).get("held_by") != restored.ACTION:
        return ""
    decided = next((event.facts["decided"] for event in timeline if event.action == restored.ACTION), None)
    if decided is None:
        return _("A backup was restored: a lead decides again")
    names = labels()
    what = {"what": ", ".join(str(names[action]) for action in decided if action in names)}
    told = _("A backup was restored. Decided after it, the reasons are lost: %(what)s.") % what
    return f"{told} {_('A lead decides again; until then nothing is erased.')}"


def _other_person(case: Case) -> str:
    if not case.other_due_at:
        return ""
    return _("The reporter asked for another person: take it by %(when)s") % {"when": short_in_words(case.other_due_at)}


def _misuse(case: Case) -> str:
    if case.misuse_confirmed_at:
        return _("Possible misuse of the form, noted by two people")
    return _("Possible misuse of the form: a second person must confirm it")


def _team(case: Case) -> str:
    return _("Team: %(name)s") % {"name": case.team} if case.team else ""


def _concerns(case: Case, user: Account | None) -> bool:
    """Return whether the row of ``user`` names the withdrawal: not where somebody else must decide on it."""
    return user is None or not case.awaits_erasure_decision or has_role_permission(user, case.erasure_permission)


def _withdrawal(case: Case) -> str:
    if not case.withdraw_at:
        return ""
    when = {"when": short_in_words(case.withdraw_at)}
    if case.erasure_needs_lead and not case.erasure_approved:
        if case.is_at_risk and not case.withheld:
            return _("Withdrawn; child safety decides by %(when)s") % when
        return _("Withdrawn; the lead decides by %(when)s") % when
    return _("Withdrawn, erased %(when)s") % when
