"""Small words for templates: moments in three time zones, how long until, what an event was."""

from django import template
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from ..audit import LABELS
from ..hours import clock_in_words
from ..hours import in_words as moment_in_words
from ..note_picture import data_uri
from ..receipts import Receipt

register = template.Library()


@register.filter
def picture(receipt: Receipt) -> str:
    """The code as a picture to save, whole in its address: ``<a download href="{{ receipt|picture }}">``."""
    return data_uri(receipt)


@register.filter
def moment(value) -> str:
    """``tomorrow, 08.00 WIB (09.00 WITA, 10.00 WIT)``; nothing for nothing."""
    return moment_in_words(value) if value else ""


@register.filter
def clock(value) -> str:
    """``08.00 WIB``; nothing for nothing."""
    return clock_in_words(value) if value else ""


@register.filter
def due_in_words(case) -> str:
    """``due in 20 minutes``, ``late by 2 hours``, or that it was looked at."""
    if case.seen_at:
        return _("looked at")
    now = timezone.now()
    if case.due_at < now:
        return _("late by %(time)s") % {"time": timesince(case.due_at, now, depth=1)}
    return _("due in %(time)s") % {"time": timesince(now, case.due_at, depth=1)}


@register.filter
def in_words(event, labels: dict) -> str:
    """What happened, as the timeline says it."""
    return str(labels.get(event.action) or LABELS.get(event.action, event.action))
