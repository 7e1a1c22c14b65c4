"""Named rate limits that keep no address.

A visitor is counted under an HMAC of their address keyed with a value that changes every day (UTC), so that a stolen
table names nobody. Counting is one upsert in the database, which is atomic across workers and nodes.
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
    """At most ``most`` hits in ``window`` for one key. ``wait`` is what ``Retry-After`` asks for, in seconds."""

    name: str
    most: int
    window: timedelta
    wait: int = 60

    def hit(self, key: str, amount: int = 1) -> bool:
        """Count ``amount`` hits for ``key``; True while it stays within the limit.

        Not inside a transaction that may be rolled back: the hit would be forgotten with it.
        """
        return _count(_digest(self, key), self.window, amount) <= self.most

    def take_back(self, key: str) -> None:
        """One hit for ``key`` was no failure after all: it does not count."""
        Hit.objects.filter(digest=_digest(self, key), ends_at__gt=timezone.now(), count__gt=0).update(
            count=F("count") - 1
        )

    def token(self, key: str) -> UUID | None:
        """A random id for all that is beyond the limit in the running window; None while ``key`` is within it."""
        row = Hit.objects.filter(digest=_digest(self, key), ends_at__gt=timezone.now(), count__gt=self.most)
        row.filter(token=None).update(token=uuid4())
        return row.values_list("token", flat=True).first()

    def is_reached(self, key: str) -> bool:
        """Whether one more hit for ``key`` would be one too many; counts nothing."""
        running = Hit.objects.filter(digest=_digest(self, key), ends_at__gt=timezone.now())
        return running.filter(count__gte=self.most).exists()


# A carrier's network puts many phones behind one address: about 126 where each has 512 of its 64,512 ports. The limits
# below are for that many people at once (an estimate; nobody has measured it), and none refuses what must get through.
#
# Wrong codes. Past either limit a code waits for a slower turn and is still looked at: the right one always opens, or
# somebody on the same network could shut a reporter out. The 80 bits of the secret need no lock.
RECEIPT_TRY = Limit("receipt-try", 20, timedelta(minutes=15))  # of one address at one reference
RECEIPT_TRY_ADDRESS = Limit("receipt-try-address", 1200, timedelta(minutes=15))
SUBMIT = Limit("submit", 60, timedelta(hours=1))  # more are set aside to be looked at, never P0, P1 or a child (H19)
# Urgent cases of one network. Those beyond it are marked as a burst, and take turns with others (reports.cases.bursts).
P0_BURST = Limit("p0-burst", 5, timedelta(hours=1))
SEARCH = Limit("search", 3000, timedelta(minutes=5))  # ten a second
# New drafts. The second is for those who say that a life is in danger; they are let in ten times as long.
DRAFT = Limit("draft", 60, timedelta(minutes=1))
DRAFT_IN_DANGER = Limit("draft-in-danger", 600, timedelta(minutes=1))
UPLOAD_KIB = Limit("upload-kib", 300 * 1024, timedelta(hours=1))  # twelve full reports an hour
ONE_TAP = Limit("one-tap", 1, timedelta(days=1))  # what a reader tells with one tap counts once a day
LOGIN = Limit("login", 10, timedelta(minutes=15))


def address_of(request: HttpRequest) -> str:
    """The visitor's address: of the connection, or as far back as trusted proxies report it. Never stored.

    An IPv6 visitor is their /64 network, because one household or phone holds all of it.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return _visitor(hops[-trusted])
    return _visitor(request.META.get("REMOTE_ADDR", ""))


def network_of(request: HttpRequest) -> str:
    """The visitor's network, wider than their address: an IPv4 /24 or an IPv6 /48. Never stored."""
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
    day = timezone.now().date().isoformat()
    key_of_the_day = hmac.digest(settings.SECRET_KEY.encode(), day.encode(), "sha256")
    return hmac.new(key_of_the_day, f"{limit.name}:{key}".encode(), hashlib.sha256).hexdigest()


def _count(digest: str, window: timedelta, amount: int) -> int:
    now = timezone.now()
    table = connection.ops.quote_name(Hit._meta.db_table)
    # The window starts with its first hit and is not prolonged by later ones: nobody stays locked out for good.
    sql = f"""
        INSERT INTO {table} (digest, count, ends_at) VALUES (%s, %s, %s)
        ON CONFLICT (digest) DO UPDATE SET
            count = CASE WHEN {table}.ends_at <= %s THEN excluded.count ELSE {table}.count + excluded.count END,
            token = CASE WHEN {table}.ends_at <= %s THEN NULL ELSE {table}.token END,
            ends_at = CASE WHEN {table}.ends_at <= %s THEN excluded.ends_at ELSE {table}.ends_at END
        RETURNING count
    """  # noqa: S608 (the only inserted text is our own table's name)
    adapt = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [digest, amount, adapt(now + window), *[adapt(now)] * 3])
        return cursor.fetchone()[0]


def delete_expired() -> int:
    """Delete the counters whose window is over; returns how many."""
    return Hit.objects.filter(ends_at__lte=timezone.now()).delete()[0]
