"""How a person stands to an opened case: whether they may write to its reporter, who has it, what changed meanwhile."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ..cases import closing_guards, duties, lifecycle
from ..models.case import Case
from ..models.event import Event
from ..models.state import WORKED_ON
from . import clocks, referral_card
from .case_view import CaseView

# What meets the time to refer, and where on its page.
PASSING_ON = {"prepare_referral": "#agency", "gave_self_report_sheet": "#sheet", "not_to_refer": "#not_to_refer"}


def context(reading: CaseView, by: Account, names: dict) -> dict[str, Any]:
    """Return what the page says about it. ``names`` are the allowed actions."""
    case = reading.case
    mine = case.handler_id == by.pk
    return {
        "mine": mine,
        "why_no_reply": _why_no_reply(case, by) if mine and "reply" not in names else "",
        "may_unfreeze": "unfreeze" in names,
        "holder": case.handler if case.handler_id and not mine else None,
        "can_assign": "claim" in names,
        "referral": referral_card.card(case),
        "owed": owed(case, by),
        "durations": clocks.patterns(),
    }


def owed(case: Case, by: Account) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return why ``by`` can neither resolve nor close the case yet, each with links to where the duty is met.

    Only for who could do it otherwise: its handler, and the second person.
    """
    is_second = closing_guards.is_second_person(case, by)
    if not is_second and (case.handler_id != by.pk or case.state not in WORKED_ON):
        return []
    open_duties = duties.open_in(case, duties.CLOSE if is_second else duties.RESOLVE)
    return [(str(duty.refusal), _where(name, case, is_second)) for name, duty in open_duties.items()]


def _where(duty: str, case: Case, is_second: bool) -> list[tuple[str, str]]:
    """Return the label and the address of each way to meet ``duty``."""
    if duty == "refer" and is_second:  # the person who takes it decides
        return [(_("Send back"), "#reopen")]
    if duty == "refer":
        page = reverse("admin:reports_case_refer", args=[case.reference])
        return [(str(lifecycle.STAFF_ACTIONS[name].label), page + place) for name, place in PASSING_ON.items()]
    action = {"data": "answer_data_request", "hold": "lift_hold"}.get(duty)
    if action is None:
        return []
    label = str(lifecycle.STAFF_ACTIONS[action].label)
    return [(label, reverse("admin:reports_case_act", args=[case.reference, action]))]


def _why_no_reply(case: Case, by: Account) -> str:
    """Return why its handler cannot write to the reporter; empty if the case is not worked on."""
    return (case.state in WORKED_ON and lifecycle.STAFF_ACTIONS["reply"].refusal(case, by)) or ""


def changed(case: Case, since: int | None, latest: Iterable[Event], notes: list[dict]) -> list[tuple[Event, str]]:
    """Return what was done since the version ``since``, in order, each with its team note if it is among ``notes``.

    ``latest`` are the latest events, the newest first: every action adds one to the version and one event.
    """
    if since is None or since >= case.version:
        return []
    latest = list(latest)
    events = [event for event in latest if event.action in lifecycle.ACTIONS][: case.version - since]
    written = _by_event(latest, notes)
    return [(event, written.get(event.number, "")) for event in reversed(events)]


def _by_event(latest: list[Event], notes: list[dict]) -> dict[int, str]:
    """Return the text of each note by the number of its event: the next one of its author."""
    found = {}
    for note in notes:
        later = [event.number for event in latest if event.by == note["by"] and event.at >= note["sent_at"]]
        if later:
            found[min(later)] = note["text"]
    return found
