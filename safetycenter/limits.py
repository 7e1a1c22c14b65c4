"""Named rate limits that store no IP address.

A visitor is counted under an HMAC of their address, with a key that changes every day (UTC), so that a stolen table
identifies nobody. Counting is one upsert in the database, which is atomic across workers and nodes.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from .models import Hit


@dataclass(frozen=True)
class Limit:
    """At most ``max_hits`` hits in ``window`` for one key. ``wait`` is the value of ``Retry-After``, in seconds."""

    name: str
    max_hits: int
    window: timedelta
    wait: int = 60

    def hit(self, key: str, amount: int = 1) -> bool:
        """Count ``amount`` hits for ``key``; return whether it stays within the limit.

        Do not call it in a transaction that may be rolled back: that would undo the hit. A count that may be dropped
        together with its hit (``droppable``) is the exception.
        """
        return self.count(key, amount) <= self.max_hits

    def count(self, key: str, amount: int = 1) -> int:
        """Count ``amount`` hits for ``key``; return how many there are in this window now."""
        return _count(_digest(self, key), self.window, amount)

    def undo_hit(self, key: str) -> None:
        """Uncount one hit for ``key``, because it was no failure."""
        Hit.objects.filter(digest=_digest(self, key), ends_at__gt=timezone.now(), count__gt=0).update(
            count=F("count") - 1
        )

    def token(self, key: str) -> UUID | None:
        """Return a random id for everything above the limit in this window; None while ``key`` is within the limit."""
        row = Hit.objects.filter(digest=_digest(self, key), ends_at__gt=timezone.now(), count__gt=self.max_hits)
        found = list(row.values_list("token", flat=True)[:1])
        if found == [None]:
            row.filter(token=None).update(token=uuid4())  # of two requests at once, both read what one has stored
            found = list(row.values_list("token", flat=True)[:1])
        return found[0] if found else None

    def is_reached(self, key: str) -> bool:
        """Return whether one more hit for ``key`` would exceed the limit; count nothing."""
        running = Hit.objects.filter(digest=_digest(self, key), ends_at__gt=timezone.now())
        return running.filter(count__gte=self.max_hits).exists()


# A carrier's network puts many phones behind one address: about 126 where each has 512 of its 64,512 ports. The limits
# below allow that many people at once (an estimate, not measured), and none of them blocks a request that must succeed.
#
# Wrong codes. Above either limit a code waits for a slower turn and is still checked: the right code always opens, or
# someone on the same network could lock a reporter out. A secret of 80 bits needs no lockout.
RECEIPT_TRY = Limit("receipt-try", 20, timedelta(minutes=15))  # for one address and one reference
RECEIPT_TRY_ADDRESS = Limit("receipt-try-address", 1200, timedelta(minutes=15))
SUBMIT = Limit("submit", 60, timedelta(hours=1))  # reports above it are set aside; never P0, P1 or a child's (H19)
# Reports of all networks together, and of these the ones with signs of a program. Above either limit the form is
# flooded: its last page asks for a proof of work (reports.staffing.floods). Estimates, not measured.
REPORTS = Limit("reports", 150, timedelta(minutes=10))
SUSPECT_REPORTS = Limit("suspect-reports", 30, timedelta(minutes=10))
# Urgent cases of one network. Those above it are marked as a burst and alternate with others (reports.cases.bursts).
P0_BURST = Limit("p0-burst", 5, timedelta(hours=1))
SEARCH = Limit("search", 3000, timedelta(minutes=5))  # ten a second
# New drafts. The second limit, ten times as high, is for people who say that a life is in danger.
DRAFT = Limit("draft", 60, timedelta(minutes=1))
DRAFT_IN_DANGER = Limit("draft-in-danger", 600, timedelta(minutes=1))
REPORTS_WITH_FILES = 12  # an hour, with all the files that a report may have
UPLOAD_KIB = Limit("upload-kib", REPORTS_WITH_FILES * settings.CASE_FILES_MB * 1024, timedelta(hours=1))
ONE_TAP = Limit("one-tap", 1, timedelta(days=1))  # a reader's one-tap feedback counts once a day
LOGIN = Limit("login", 10, timedelta(minutes=15))
CHANNEL_TEST = Limit("channel-test", 6, timedelta(hours=1))  # of one person on call: an SMS costs money
# Reminders by mail (reports.cases.reminders): tries of one code, and first mails for one report and from one address.
REMINDER_CODE = Limit("reminder-code", 5, timedelta(days=1))
REMINDER_ASK = Limit("reminder-ask", 3, timedelta(days=1))
REMINDER_ASK_ADDRESS = Limit("reminder-ask-address", 60, timedelta(days=1))
# How often a bucket is listed, and a deletion in it that failed (reports.evidence.sweep).
BUCKET_SWEEP = Limit("bucket-sweep", 1, timedelta(hours=1))
BUCKET_LOOK = Limit("bucket-look", 1, timedelta(hours=1))
FAILED_DELETION = Limit("failed-deletion", 1, timedelta(minutes=40))


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address: that of the connection, or as trusted proxies report it. Never stored.

    For IPv6 it is the /64 network, because one household or phone holds all of it.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return _visitor(hops[-trusted])
    return _visitor(request.META.get("REMOTE_ADDR", ""))


def network_of(request: HttpRequest) -> str:
    """Return the visitor's network, wider than their address: an IPv4 /24 or an IPv6 /48. Never stored."""
    address = address_of(request).split("/")[0]
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 48 if isinstance(parsed, IPv6Address) else 24), strict=False))


def _visitor(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


def _digest(limit: Limit, key: str) -> str:
    key_of_the_day = hmac.digest(settings.SECRET_KEY.encode(), _today().encode(), "sha256")
    return hmac.new(key_of_the_day, f"{limit.name}:{key}".encode(), hashlib.sha256).hexdigest()


def _today() -> str:
    return timezone.now().date().isoformat()


def _count(digest: str, window: timedelta, amount: int) -> int:
    now = timezone.now()
    table = connection.ops.quote_name(Hit._meta.db_table)
    # The window starts with its first hit and later hits do not prolong it, so that nobody is locked out for good.
    sql = f"""
        INSERT INTO {table} (digest, count, ends_at) VALUES (%s, %s, %s)
        ON CONFLICT (digest) DO UPDATE SET
            count = CASE WHEN {table}.ends_at <= %s THEN excluded.count ELSE {table}.count + excluded.count END,
            token = CASE WHEN {table}.ends_at <= %s THEN NULL ELSE {table}.token END,
            ends_at = CASE WHEN {table}.ends_at <= %s THEN excluded.ends_at ELSE {table}.ends_at END
        RETURNING count
    """  # noqa: S608 (the only inserted text is the name of our table)
    adapt = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [digest, amount, adapt(now + window), *[adapt(now)] * 3])
        return cursor.fetchone()[0]


def delete_expired() -> int:
    """Delete the counters whose window is over; return their number."""
    return Hit.objects.filter(ends_at__lte=timezone.now()).delete()[0]
