"""Content-free pages to those on call. The outbox is the Notice table, so a mail outage loses nothing.

A page says that something waits, and nothing else: no reference, no category, no word of a report.
"""

import logging
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from safetycenter import mail

from .models.case import State
from .models.watch import Notice, OnCallChannel

log = logging.getLogger(__name__)
AGAIN_AFTER = timedelta(minutes=10)  # until somebody has looked


def page_on_call() -> int:
    """Send every page that is due; returns how many went out. A failure is tried again the next minute.

    What is kept from the desk wakes the lead outside it and nobody else: the other channel may wake the very person
    that it is about (H25). Raises NoMailServerError rather than count a page as sent that was only shown.
    """
    due = list(_due())
    if due:
        mail.require_server()
    sent = 0
    for notice in due:
        channels = OnCallChannel.objects.filter(active=True, for_withheld=notice.event.case.withheld)
        if _send_to_all(channels, _("Something at the desk needs a person now."), _page_text()):
            Notice.objects.filter(pk=notice.pk).update(attempts=F("attempts") + 1, last_sent_at=timezone.now())
            sent += 1
    return sent


def send_test(channel: OnCallChannel) -> None:
    """Send a page with six digits; the test counts when someone at the desk types them in."""
    channel.test_token = f"{secrets.randbelow(10**6):06d}"
    channel.save(update_fields=["test_token"])
    text = _("This is a test of the on-call channel. Type these digits at the desk: %(digits)s") % {
        "digits": channel.test_token
    }
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(_("Test of the on-call channel"), text, None, [channel.email])


def confirm_test(channel: OnCallChannel, digits: str) -> bool:
    """The digits of the last test are right: the channel is tested from now for 30 days."""
    if not channel.test_token or not secrets.compare_digest(digits.strip(), channel.test_token):
        return False
    channel.tested_at, channel.test_token = timezone.now(), ""
    channel.save(update_fields=["tested_at", "test_token"])
    return True


def _due():
    unseen = Q(event__case__seen_at=None) & ~Q(event__case__state__in=[State.PURGED, State.WITHDRAWN, State.CLOSED])
    quiet = Q(last_sent_at=None) | Q(last_sent_at__lte=timezone.now() - AGAIN_AFTER)
    return Notice.objects.filter(unseen, quiet).select_related("event__case")


def _page_text() -> str:
    return _("Open the desk: %(address)s") % {"address": f"{settings.DESK_URL}/admin/"}


def _send_to_all(channels, subject: str, text: str) -> bool:
    delivered = False
    for channel in channels:
        try:
            with translation.override(settings.LANGUAGE_CODE):
                delivered |= bool(send_mail(subject, text, None, [channel.email]))
        except OSError:
            log.warning("an on-call page could not be sent", extra={"facts": {"channel": channel.pk}})
    return delivered
