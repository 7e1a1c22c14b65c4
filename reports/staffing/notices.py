"""Send content-free pages to the on-call staff. The outbox is the Notice table, so a mail outage loses nothing.

A page says that something is waiting, and nothing else: no reference, no category, no text of a report.
"""

import logging
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter import mail
from safetycenter.hints import Text

from ..models.case import Case, State
from ..models.record import RecordAlarm
from ..models.watch import Notice, OnCallChannel

log = logging.getLogger(__name__)
# The lead sees these on the desk until they are decided.
PAGED_ONCE = ("late_to_refer", "referral_unacknowledged", "nobody_available", "data_request_late")
RETURNED_TWICE = "returned_twice"  # in the facts of the return of a case that is not urgent
REPEAT_AFTER = timedelta(minutes=10)  # until somebody has reviewed the case
SUBJECT = gettext_lazy("Somebody is waiting")
TEXT = gettext_lazy("Something needs a staff member now. Open the staff dashboard:")


def page_on_call() -> int:
    """Page every channel with a waiting notice. Return the number of pages sent.

    One page covers all waiting notices and is repeated every REPEAT_AFTER until somebody has reviewed each case: after
    fifteen pages at once people silence their phone. A failure is retried a minute later. Withheld cases page only the
    outside lead: the other channel may wake the very person that the case is about (H25). Raises NoMailServerError
    rather than count a page that was only printed as sent.
    """
    sent = 0
    for withheld in (False, True):
        waiting, kept = _waiting(withheld), _erasure_alarms(withheld)
        channels = _due_channels(withheld)
        if channels and (waiting.exists() or kept.exists()):
            mail.require_server()
            count = sum(_page(channel) for channel in channels)
            if count:
                ids = list(waiting.values_list("pk", flat=True))
                Notice.objects.filter(pk__in=ids).update(attempts=F("attempts") + 1, last_sent_at=timezone.now())
                kept.update(needs_page=False)
            sent += count
    return sent


def send_test(channel: OnCallChannel) -> None:
    """Send a page with six digits; the test passes when somebody at the desk enters them."""
    channel.test_token = f"{secrets.randbelow(10**6):06d}"
    channel.save(update_fields=["test_token"])
    with translation.override(settings.LANGUAGE_CODE):  # subject and text; the sender's language may be another one
        text = _("This is a test of the on-call channel. Type these digits on the staff dashboard: %(digits)s") % {
            "digits": channel.test_token
        }
        send_mail(_("Test of the on-call channel"), text, None, [channel.email])


def confirm_test(channel: OnCallChannel, digits: str) -> bool:
    """Return whether ``digits`` match the last test; then the channel counts as tested for 30 days."""
    if not channel.test_token or not secrets.compare_digest(digits.strip(), channel.test_token):
        return False
    channel.tested_at, channel.test_token = timezone.now(), ""
    channel.save(update_fields=["tested_at", "test_token"])
    return True


def _waiting(withheld: bool) -> QuerySet[Notice]:
    """Return the notices of cases that nobody has reviewed, and those that page once and have not yet."""
    unseen = Q(event__case__seen_at=None) & ~Q(event__action__in=PAGED_ONCE)
    once = (Q(event__action__in=PAGED_ONCE) | Q(event__facts__has_key=RETURNED_TWICE)) & Q(last_sent_at=None)
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
    """Send one page in both languages, because staff may read only one. Return whether it was accepted."""
    text = f"{_in_both(TEXT)}\n\n{settings.DESK_URL}/admin/"
    try:
        return bool(send_mail(_in_both(SUBJECT, " / "), text, None, [address]))
    except OSError:
        return False


def _page(channel: OnCallChannel) -> bool:
    if not send_page(channel.email):
        log.warning("an on-call alert could not be sent", extra={"facts": {"channel": channel.pk}})
        return False
    OnCallChannel.objects.filter(pk=channel.pk).update(last_paged_at=timezone.now())
    return True


def _in_both(sentence: Text, between: str = "\n") -> str:
    sentences = []
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            sentences.append(str(sentence))
    return between.join(sentences)
