"""Send a message to the reporter so that it can be taken back for some seconds: also a self-report sheet, and what the
reporter reads with the receipt of an agency.

The message, its event and a following "resolve" are stored at once; the reporter reads the message only from
``visible_from`` on. A closed tab or a killed worker therefore changes nothing. Taking it back is a second event, which
erases the key of the message and restores the case (``case_effects.undo``).
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from safetycenter.roles import Account

from ..crypto.vault.box import KeyMissingError, UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..models.case import Case
from ..models.event import Event
from ..models.sent_file import SentFile
from ..models.undo import Undo
from . import lifecycle
from .case_effects.undo import may_undo

TYPED = ("reply", "ask")
MESSAGES = (*TYPED, "gave_self_report_sheet", "refer")
UNDO_TIME = timedelta(seconds=10)
LONG_UNDO_TIME = timedelta(minutes=2)  # for people who need more time (WCAG 2.2.1)
# Not restored: every action changes the first three, and the reporter the last one.
NOT_RESTORED = {"version", "events_head", "events_count", "last_visit_at"}
OF_PACKAGE = ("state", "sent_at", "attempts", "receipt", "acknowledged_at")  # what a receipt changes


def send(
    case: Case,
    name: str,
    by: Account,
    expected_version: int,
    text: str,
    resolve: bool = False,
    wait: timedelta = UNDO_TIME,
    **details: Any,
) -> Case:
    """Send ``text`` by the action ``name``, one of MESSAGES, and resolve the case if ``resolve``; return the case.

    ``details`` are further arguments of the action, such as the ``file`` of a reply. The reporter can read the message
    after ``wait``. Raises NotAllowed or StaleError: then nothing was sent. What colleagues did meanwhile makes the page
    of a reply stale only if they wrote to the reporter or changed the state.
    """
    with transaction.atomic():
        before = Case.objects.for_update().get(pk=case.pk)
        if name in TYPED and not _concerns_reply(before, expected_version):
            expected_version = before.version
        packages, details["visible_from"] = _packages(before), timezone.now() + wait
        after = lifecycle.perform(case, name, by, expected_version, text=text, **details)
        if resolve:
            after = lifecycle.perform(after, "resolve", by)
        message = after.messages.latest("sent_at")
        what: dict[str, Any] = {"message": message, "by": by, "version": after.version}
        what |= {"columns": _changed_columns(before, after), "package": _changed_package(packages, after)}
        Undo.objects.update_or_create(case=after, defaults=what)
    return after


def take_back(case: Case, by: Account, expected_version: int) -> tuple[Case, str, dict[str, Any]]:
    """Undo the latest message of ``by``; return the case, the action that sent it and what was typed in its form.

    The words are in memory only, for the page that answers the press. A file is not given back, ``had_file`` says that
    there was one. Raises NotAllowed or StaleError: then nothing was undone.
    """
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=case.pk)
        name, typed = ("reply", {}) if may_undo(locked, by) else _typed(locked)
        return lifecycle.perform(locked, "undo", by, expected_version), name, typed


def _typed(case: Case) -> tuple[str, dict[str, Any]]:
    """Return the action that sent the message that can be taken back, and what was typed in its form."""
    event = case.events.filter(action__in=MESSAGES).latest("number")
    facts = {name: event.facts[name] for name in ("referral", "with_facts") if name in event.facts}
    facts["had_file"] = SentFile.objects.filter(message=case.undo.message).exists()
    if "referral" in facts:
        facts["receipt"] = case.referrals.values_list("receipt", flat=True).get(pk=facts["referral"])
    with suppress(ErasedError, KeyMissingError, UnreadableError):  # it is taken back all the same
        return event.action, facts | {"text": case.undo.message.text(case.staff_keyring())}
    return event.action, facts


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


def _packages(case: Case) -> list[dict]:
    return list(case.referrals.values("id", *OF_PACKAGE))


def _changed_package(before: list[dict], after: Case) -> dict[str, Any] | None:
    """Return the columns ``before`` of the package that differs now; None if there is none."""
    now = _packages(after)
    return next(({name: _stored(old) for name, old in row.items()} for row in before if row not in now), None)


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
