"""The beginning of a day, in the time zone of the site."""

from datetime import date, datetime, time

from django.utils import timezone


def beginning_of(day: date) -> datetime:
    """Return when ``day`` begins."""
    return timezone.make_aware(datetime.combine(day, time()))
