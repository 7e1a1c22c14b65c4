"""H1's test: six digits are sent through the channel itself, and a person who got them types them in."""

import secrets
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from ...models.watch import OnCallChannel
from . import delivery, message, sms

DIGITS_LAST = timedelta(hours=1)
MAX_TRIES = 5


def send(channel: OnCallChannel) -> str:
    """Send new digits. Return what went wrong; "" if nothing did."""
    digits = f"{secrets.randbelow(10**6):06d}"
    channel.test_token, channel.test_sent_at, channel.test_tries = digits, timezone.now(), 0
    channel.save(update_fields=["test_token", "test_sent_at", "test_tries"])
    failure = delivery.deliver([(channel, message.test(channel.language, digits))])[channel.pk]
    note({channel.pk: failure})
    return failure


def confirm(channel: OnCallChannel, digits: str) -> bool:
    """Return whether ``digits`` are those of the last test; then the channel counts for 30 days.

    Digits can be tried five times within an hour: a guess would open the form on a channel that reaches nobody.
    """
    too_old = channel.test_sent_at is None or channel.test_sent_at < timezone.now() - DIGITS_LAST
    if not channel.test_token or too_old or not _count_try(channel):
        return False
    if not secrets.compare_digest(digits.strip().encode(), channel.test_token.encode()):
        return False
    channel.tested_at, channel.test_token = timezone.now(), ""
    channel.active = channel.active or channel.person_id is not None  # leads decide about a shared address
    channel.route = sms.route() if channel.kind == OnCallChannel.Kind.SMS else ""
    channel.save(update_fields=["tested_at", "test_token", "active", "route"])
    return True


def _count_try(channel: OnCallChannel) -> bool:
    """Count one more try before anything is compared, so that many at once are not more than five."""
    left = OnCallChannel.objects.filter(pk=channel.pk, test_token=channel.test_token, test_tries__lt=MAX_TRIES)
    return bool(left.update(test_tries=F("test_tries") + 1))


def note(failures: dict[int, str]) -> None:
    """Remember which channels failed just now and since when, and that the others work again."""
    for pk, failure in failures.items():
        channel = OnCallChannel.objects.filter(pk=pk)
        if failure:
            channel.update(failure=failure)
            channel.filter(failed_at=None).update(failed_at=timezone.now())
        else:
            channel.update(failure="", failed_at=None)
