"""Send a message to the reporter so that it can be taken back for some seconds.

The message, its event and a following "resolve" are stored at once; the reporter reads the message only from
``visible_from`` on. A closed tab or a killed worker therefore changes nothing. Taking it back is a second event, which
erases the key of the message and restores the case (``case_effects.undo``).
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from safetycenter.roles import Account

from ..models.case import Case
from ..models.event import Event
from ..models.undo import Undo
from . import lifecycle

MESSAGES = ("reply", "ask")
UNDO_TIME = timedelta(seconds=10)
LONG_UNDO_TIME = timedelta(minutes=2)  # for people who need more time (WCAG 2.2.1)
# Not restored: every action changes the first three, and the reporter the last one.
NOT_RESTORED = {"version", "events_head", "events_count", "last_visit_at"}


def send(
    case: Case,
    name: str,
    by: Account,
    expected_version: int,
    text: str,
    resolve: bool = False,
    wait: timedelta = UNDO_TIME,
) -> Case:
    """Send ``text`` by the action ``name``, one of MESSAGES, and resolve the case if ``resolve``; return the case.

    The reporter can read the message after ``wait``. Raises NotAllowed or StaleError: then nothing was sent. What
    colleagues did meanwhile makes the page stale only if they wrote to the reporter or changed the state.
    """
    with transaction.atomic():
        before = Case.objects.for_update().get(pk=case.pk)
        if not _concerns_reply(before, expected_version):
            expected_version = before.version
        visible_from = timezone.now() + wait
        after = lifecycle.perform(case, name, by, expected_version, text=text, visible_from=visible_from)
        if resolve:
            after = lifecycle.perform(after, "resolve", by)
        message = after.messages.latest("sent_at")
        what = {"message": message, "by": by, "version": after.version, "columns": _changed_columns(before, after)}
        Undo.objects.update_or_create(case=after, defaults=what)
    return after


def _concerns_reply(case: Case, version: int) -> bool:
    """Return whether something happened since ``version`` that the person who answers must know of.

    Every action adds one to the version and one event, so that the latest events are those since ``version``.
    """
    count = case.version - version
    events = list(case.events.filter(action__in=lifecycle.ACTIONS).order_by("-number")[: max(0, count)])
    return count < 0 or len(events) < count or any(_is_for_reply(event) for event in events)


def _is_for_reply(event: Event) -> bool:
    is_by_staff = event.action in lifecycle.STAFF_ACTIONS and event.action not in (*MESSAGES, "undo")
    return not is_by_staff or event.facts.get("from") != event.facts.get("to")


def _changed_columns(before: Case, after: Case) -> dict[str, Any]:
    """Return the values that the columns had ``before``, of those that differ ``after``."""
    fields = [field for field in Case._meta.concrete_fields if field.name not in NOT_RESTORED]
    values = {field.name: (field.value_from_object(before), field.value_from_object(after)) for field in fields}
    return {name: _stored(old) for name, (old, new) in values.items() if old != new}


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
