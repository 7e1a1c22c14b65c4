"""The line that says what was sent last and offers to undo it, on every page of the desk until the next action."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ..cases import sending
from ..models.case import Case

KEY, LONG_UNDO = "sent_message", "long_undo"  # in the session


def wait_of(request: HttpRequest) -> timedelta:
    """Return how long the posted message can be taken back. Its sender chooses it in the box, for the next one too."""
    request.session[LONG_UNDO] = LONG_UNDO in request.POST
    return sending.LONG_UNDO_TIME if request.session[LONG_UNDO] else sending.UNDO_TIME


def chosen_wait(request: HttpRequest) -> timedelta:
    """Return how long a message of another page can be taken back: as chosen in the box."""
    return sending.LONG_UNDO_TIME if request.session.get(LONG_UNDO) else sending.UNDO_TIME


def remember(request: HttpRequest, case: Case, wait: timedelta) -> None:
    """Remember in the session what was sent, without any content."""
    request.session[KEY] = {
        "ref": case.reference,
        "shown": case.display_reference,
        "version": case.version,
        "state": case.state,
        "until": (timezone.now() + wait).isoformat(),
    }


def forget(request: HttpRequest) -> None:
    """Remove the line: something else was done."""
    request.session.pop(KEY, None)


def sent_message(request: HttpRequest) -> dict | None:
    """Return what was sent last, with ``left``: the seconds in which it can be undone; None if nothing was."""
    found = request.session.get(KEY)
    if not found:
        return None
    until = parse_datetime(found["until"])
    left = int((until - timezone.now()).total_seconds()) if until else 0
    return found | {"until": until, "left": max(0, left)}
