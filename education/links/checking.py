"""Check a few external links in each round of housekeeping (``CHECK_LINKS``), and store what was found."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from education.models import ExternalLink
from education.models.bilingual import LANGUAGES

from . import network, places

PER_ROUND = 3  # of network.SECONDS each: housekeeping also notifies people on call, once a minute
AGAIN_AFTER = timedelta(days=7)
BROKEN_AGAIN_AFTER = timedelta(days=1)
BROKEN = (ExternalLink.Result.GONE, ExternalLink.Result.UNREACHABLE)


def check_due() -> int:
    """Check the links that are due, the longest unchecked first; return how many. Does nothing if checks are off."""
    if not settings.CHECK_LINKS:
        return 0
    _keep_used(set(places.used(LANGUAGES[0])))
    due = list(_due(timezone.now())[:PER_ROUND])
    for link in due:
        _store(link, network.ask(link.url))
    return len(due)


def _keep_used(urls: set[str]) -> None:
    """Add a row for each new address, and delete the rows of addresses that no published text uses."""
    known = set(ExternalLink.objects.values_list("url", flat=True))
    ExternalLink.objects.filter(url__in=known - urls).delete()
    ExternalLink.objects.bulk_create((ExternalLink(url=url) for url in sorted(urls - known)), ignore_conflicts=True)


def _due(now: datetime) -> QuerySet[ExternalLink]:
    old = Q(checked_at=None) | Q(checked_at__lt=now - AGAIN_AFTER)
    broken = Q(result__in=BROKEN, checked_at__lt=now - BROKEN_AGAIN_AFTER)
    return ExternalLink.objects.filter(old | broken).order_by(F("checked_at").asc(nulls_first=True), "pk")


def _store(link: ExternalLink, answer: network.Answer) -> None:
    now = timezone.now()
    if answer.result != link.result:
        link.since = now
    link.result, link.moved_to, link.checked_at = answer.result, answer.moved_to, now
    link.save()
