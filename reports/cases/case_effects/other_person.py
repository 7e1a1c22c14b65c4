"""Effects of the request for another person: a reporter wants somebody else than who handled the report until now.

That person loses the case at once and no longer sees it, whatever the reason is: nobody can then press the reporter, or
decide alone (H25). The case waits for another person, who takes it by a time that the reporter reads. Until then the
reporter can take the request back. The reason is optional, sealed for staff, and erased with the request.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ...crypto.vault import keys
from ...crypto.vault.box import UnreadableError
from ...crypto.vault.keys import KeyMissingError
from ...models.case import Case, State
from ...models.recusal import Recusal
from ...staffing.notices import NOBODY_ELSE
from .. import colleagues
from . import data_requests, reporter

LENGTH = 5  # bytes of every sealed reason, so that the length of one reveals nothing


class Reason(models.TextChoices):
    """Why, in the words of the desk. The page of the code words it for reporters."""

    KNOWN = "known", gettext_lazy("The reporter and this person may know each other")
    TONE = "tone", gettext_lazy("The way this person wrote")
    HELP = "help", gettext_lazy("The answers did not help")
    SKIP = "skip", gettext_lazy("The reporter did not say why")


def has_others(case: Case) -> bool:
    """Return whether anybody else than its handler, or than who had it last, may take the case."""
    is_with_lead = case.state == State.ESCALATED and not case.left_open_at
    people = colleagues.leads(case) if is_with_lead else colleagues.who_may_take(case)
    return people.exclude(pk=case.handler_id or case.last_handler_id or 0).exists()


def ask(case: Case, by: None, reason: str = Reason.SKIP) -> dict:
    """Take the case from its handler, or from who had it last, and promise another person.

    ``nobody_else`` in the facts: nobody else may take it, so that somebody is paged.
    """
    data_requests.end_pause(case)
    # By id: a public node may not read the account.
    person, has_nobody = case.handler_id or case.last_handler_id or 0, not has_others(case)
    key_id, sealed = keys.wrap_for(case.staff_audience, reason.encode().ljust(LENGTH))
    Recusal.objects.create(case=case, person_id=person, revocable=True, reason=sealed, reason_key_id=key_id)
    if case.left_open_at and case.state == State.ESCALATED:  # reopened like a resolved case
        case.state = State.RESOLVED
    facts = reporter.promise_again(case)
    promised = case.promised_again_at
    # A promise that is over already says nothing about when another person comes.
    case.other_due_at = promised if promised and promised > timezone.now() else reporter.next_promise(case)
    case.last_handler, case.reserved_until = None, None
    if case.lift_requested_by_id == person:
        case.lift_requested_by = None
    return facts | {"person": person} | ({NOBODY_ELSE: True} if has_nobody else {})


def cancel(case: Case, by: None) -> dict:
    """Take the request back, with its reason. The case keeps its place and its promise, and waits for anybody."""
    case.recusals.filter(revocable=True).delete()
    case.other_due_at = None
    return {}


def end(case: Case) -> None:
    """Record that another person has taken the case: the request can no longer be taken back."""
    if case.other_due_at:
        case.recusals.filter(revocable=True).update(revocable=False)
        case.other_due_at = None


def renew_reasons(case: Case, audience: str) -> None:
    """Seal the reasons for the staff of ``audience``. One that cannot be opened is erased: nobody could read it."""
    for row in case.recusals.exclude(reason=None):
        found = _opened(case, row)
        row.reason_key_id, row.reason = keys.wrap_for(audience, found) if found else ("", None)
        row.save(update_fields=["reason", "reason_key_id"])


def reason_in_words(case: Case) -> str:
    """Return the latest reason for staff; empty when there is none or it cannot be opened."""
    if not vars(case).get("was_asked_away", True):  # the case page reads it with the case
        return ""
    row = case.recusals.exclude(reason=None).order_by("made_at").last()
    found = _opened(case, row) if row else b""
    return str(Reason(found.decode().strip()).label) if found else ""


def _opened(case: Case, row: Recusal) -> bytes:
    try:
        return keys.unwrap(case.staff_audience, row.wrapped_reason)
    except (KeyMissingError, UnreadableError):
        return b""
