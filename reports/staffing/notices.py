"""Send content-free pages to the on-call staff. The outbox is the Notice table, so an outage loses nothing.

A page says that somebody is waiting and the time, and nothing else: no reference, no category, no text of a report, no
name of this site.
"""

import logging
from datetime import timedelta
from functools import partial

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from safetycenter import mail

from ..models.case import Case, State
from ..models.record import RecordAlarm
from ..models.watch import Notice, OnCallChannel
from . import register_clocks
from .channels import delivery, message, state, testing
from .channels import mail as mail_channel

log = logging.getLogger(__name__)
# The lead sees these on the desk until they are decided.
PAGED_ONCE = ("late_to_refer", "referral_unacknowledged", "nobody_available", "duty_unmet", "data_request_late")
RETURNED_TWICE = "returned_twice"  # in the facts of the return of a case that is not urgent
NOBODY_ELSE = "nobody_else"  # of the request for another person
LEFT_WITHOUT_A_WORD = "left_conversation"  # of the end of a lease: a conversation about a life that is not urgent
PAGED_ONCE_FACTS = (RETURNED_TWICE, NOBODY_ELSE, LEFT_WITHOUT_A_WORD)
REPEAT_AFTER = timedelta(minutes=10)  # until somebody has reviewed the case


def page_on_call() -> int:
    """Page every channel with a waiting notice. Return the number of pages sent.

    One page covers all waiting notices and is repeated every REPEAT_AFTER until somebody has reviewed each case: after
    fifteen pages at once people silence their phone. A failure is retried a minute later. Withheld cases page only the
    outside lead: the other channel may wake the very person that the case is about (H25). The clocks of the registers
    page for themselves. Where another desk pages, nothing is done. Raises NoMailServerError at the end if one of them
    reached nobody, and mails would only be printed.
    """
    if not state.pages_here():
        return 0
    state.follow_roles_and_settings()
    sent, without_server = 0, None
    for page in (partial(_page_waiting, False), partial(_page_waiting, True), _page_registers):
        try:
            sent += page()
        except mail.NoMailServerError as error:  # the channels of the others may work
            without_server = error
    if without_server:
        raise without_server
    return sent


def _page_waiting(withheld: bool) -> int:
    """Page for what waits of withheld cases, or of all others. Return the number of pages. Raises NoMailServerError."""
    waiting, kept = _waiting(withheld), _erasure_alarms(withheld)
    channels = _due_channels(withheld)
    if not channels or not (waiting.exists() or kept.exists()):
        return 0
    if accepted := _page(channels):
        OnCallChannel.objects.filter(pk__in=accepted).update(last_paged_at=timezone.now())
        ids = list(waiting.values_list("pk", flat=True))
        Notice.objects.filter(pk__in=ids).update(attempts=F("attempts") + 1, last_sent_at=timezone.now())
        kept.update(needs_page=False)
    return len(accepted)


def _page_registers() -> int:
    """Page for the clocks of the registers. Return the number of pages. Raises NoMailServerError.

    No channel becomes quiet by it, so that a P0 case that arrives now pages at once; each clock pages only twice.
    """
    count = 0
    for permission, entries in register_clocks.due().items():
        if accepted := _page(register_clocks.channels(permission)):
            register_clocks.note_paged(entries)
            count += len(accepted)
    return count


def _waiting(withheld: bool) -> QuerySet[Notice]:
    """Return the notices of cases that nobody has reviewed, and those that page once and have not yet."""
    unseen = Q(event__case__seen_at=None) & ~Q(event__action__in=PAGED_ONCE)
    once = (Q(event__action__in=PAGED_ONCE) | Q(event__facts__has_any_keys=PAGED_ONCE_FACTS)) & Q(last_sent_at=None)
    ended = Q(event__case__state__in=[State.PURGED, State.WITHDRAWN, State.CLOSED])
    about_data = Q(event__action="data_request_late") & ~Q(event__case__state=State.PURGED)  # also of an ended case
    return Notice.objects.filter((unseen & ~ended) | (once & (~ended | about_data)), event__case__withheld=withheld)


def _erasure_alarms(withheld: bool) -> QuerySet[RecordAlarm]:
    """Return the alarms about cases kept from an unproven erasure that nobody was paged for. Once each."""
    return RecordAlarm.objects.filter(needs_page=True, case_id__in=Case.objects.filter(withheld=withheld).values("pk"))


def _due_channels(withheld: bool) -> list[OnCallChannel]:
    quiet = Q(last_paged_at=None) | Q(last_paged_at__lte=timezone.now() - REPEAT_AFTER)
    return list(OnCallChannel.objects.filter(quiet, active=True, for_withheld=withheld))


def send_page(address: str) -> bool:
    """Send one page by mail in all languages, because staff may read only one. Return whether it was accepted."""
    return not mail_channel.send({0: (address, message.page(""))})[0]


def _page(channels: list[OnCallChannel]) -> list[int]:
    """Page these channels at once. Return the ids of those that accepted the page. Raises NoMailServerError."""
    failures = delivery.deliver((channel, message.page(channel.language)) for channel in channels)
    testing.note(failures)
    accepted = [pk for pk, failure in failures.items() if not failure]
    for pk, failure in failures.items():
        if failure:
            log.warning("an on-call alert could not be sent", extra={"facts": {"channel": pk, "failure": failure}})
    if not accepted and mail_channel.NO_SERVER in failures.values():
        mail.require_server()
    return accepted
