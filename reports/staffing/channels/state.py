"""Which channels work: in use, tested within 30 days, not failing, of a person who still handles cases (H1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from safetycenter.mail import NON_DELIVERING_BACKENDS
from safetycenter.roles import users_with_permission

from ...crypto.vault import keys
from ...models.watch import OnCallChannel
from . import sms

Kind = OnCallChannel.Kind
TEST_LASTS = timedelta(days=30)
# A page that fails is tried again every minute. A mail server that starts again is back sooner than this; a form that
# stays open longer takes reports that wake nobody.
FAILS_AFTER = timedelta(minutes=30)
HANDLE, WITHHELD = "reports.handle_case", "reports.handle_withheld"


@dataclass(frozen=True)
class Channels:
    """Whom the channels in use reach (withheld cases or not), how many fail, and whose test does not count."""

    reached: frozenset[bool]
    failing: int
    too_old: int


def tested_since() -> datetime:
    """Return when a test that still counts may have been confirmed at the earliest."""
    return timezone.now() - TEST_LASTS


def is_tested(channel: OnCallChannel) -> bool:
    """Return whether the last test of ``channel`` still counts."""
    return channel.tested_at is not None and channel.tested_at >= tested_since()


def fails_since() -> datetime:
    """Return when a channel that counts as not working began to fail at the latest."""
    return timezone.now() - FAILS_AFTER


def is_failing(channel: OnCallChannel) -> bool:
    """Return whether ``channel`` has failed for so long that it counts as not working."""
    return channel.failed_at is not None and channel.failed_at < fails_since()


def pages_here() -> bool:
    """Return whether this desk sends the pages. With a separate desk for child safety the ordinary desk does, for both.

    The other desk cannot open where channels lead, and may have another gateway. An ordinary desk whose key was lost
    goes on: mail needs none.
    """
    return keys.DESK in settings.DESK_AUDIENCES


def working() -> QuerySet[OnCallChannel]:
    """Return the channels that count: in use, tested, not failing, and not mail on a server that sends none."""
    found = OnCallChannel.objects.filter(active=True, tested_at__gte=tested_since())
    found = found.exclude(failed_at__lt=fails_since())
    return found if _mail_is_set() else found.exclude(kind=Kind.MAIL)


def kinds_without_test() -> list[str]:
    """Return the names of the kinds that are set up here and have no channel that works, for the doctor."""
    in_use = set(OnCallChannel.objects.filter(active=True).values_list("kind", flat=True))
    is_set = {Kind.MAIL: _mail_is_set(), Kind.SMS: sms.is_set()}
    tested = set(working().values_list("kind", flat=True))
    return [str(kind.label) for kind in Kind if is_set.get(kind, kind in in_use) and kind not in tested]


def now() -> Channels:
    """Return the state of the channels in use. One query, which a public node may make too."""
    columns = ("for_withheld", "kind", "tested_at", "failed_at")
    rows = list(OnCallChannel.objects.filter(active=True).values_list(*columns))
    since, failing, has_mail = tested_since(), fails_since(), _mail_is_set()
    tested = [row for row in rows if row[2] is not None and row[2] >= since]
    reached = frozenset(
        for_withheld
        for for_withheld, kind, _tested_at, failed_at in tested
        if (has_mail or kind != Kind.MAIL) and (failed_at is None or failed_at >= failing)
    )
    return Channels(reached, sum(row[3] is not None for row in rows), len(rows) - len(tested))


def follow_roles_and_settings() -> None:
    """Stop the channels of people who no longer handle cases, and end tests of another gateway; where pages are sent.

    Pages about withheld cases go to the outside lead only, and a role may have been given or taken away (H25).
    """
    personal, able = OnCallChannel.objects.exclude(person=None), users_with_permission(HANDLE).values("pk")
    personal.filter(active=True).exclude(person__in=able).update(active=False)
    outside = Q(person__in=users_with_permission(WITHHELD).values("pk"))
    personal.filter(outside, for_withheld=False).update(for_withheld=True)
    personal.filter(~outside, for_withheld=True).update(for_withheld=False)
    tested = OnCallChannel.objects.filter(kind=Kind.SMS, tested_at__isnull=False)
    tested.exclude(route=sms.route()).update(tested_at=None)


def _mail_is_set() -> bool:
    return not settings.EMAIL_BACKEND.startswith(NON_DELIVERING_BACKENDS)
