"""Small words for templates: moments in three time zones, how long until, what an event was."""

from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.roles import Account, has_role_permission

from .. import calendar_entry
from ..cases.audit import LABELS
from ..cases.case_action import HANDLE
from ..crypto.receipts import Receipt
from ..intake.first_aid import SEVERAL, TILES, of_topic
from ..models.case import Case
from ..models.event import Event
from ..receipt_image import data_uri
from ..staffing import hours
from ..triage.sent_message import sent_message

register = template.Library()
# On every page of the desk, with the permission that opens each (safety rule H24).
CARE_LINKS = (
    ("admin:reports_house_rules", gettext_lazy("Guidelines"), "reports.view_case"),
    ("admin:reports_case_handover", gettext_lazy("Since you left"), HANDLE),
    ("admin:reports_case_care", gettext_lazy("Wellbeing"), "reports.view_case"),
)


@register.inclusion_tag("reports/intake/_tiles.html")
def first_aid_tiles() -> dict:
    """Show the most frequent troubles, each with a link to its first aid, on a page outside the form."""
    return {"tiles": TILES, "outside": True}


@register.inclusion_tag("reports/intake/_first_aid_link.html")
def first_aid_link(topic: str) -> dict:
    """Link from a guide of the topic with this key to its first aid, or to the list of it; nothing where none fits."""
    return {"aid": of_topic(topic), "several": topic in SEVERAL}


@register.filter
def picture(receipt: Receipt) -> str:
    """The code as a picture to save, whole in its address: ``<a download href="{{ receipt|picture }}">``."""
    return data_uri(receipt)


@register.filter
def calendar(value: datetime) -> str:
    """The moment as a calendar entry to save, whole in its address, which says nothing but "Note"."""
    return calendar_entry.data_uri(value)


@register.filter
def moment(value: datetime) -> str:
    """``tomorrow, 08.00 WIB (09.00 WITA, 10.00 WIT)``; nothing for nothing."""
    return hours.in_words(value) if value else ""


@register.filter
def short_moment(value: datetime) -> str:
    """``tomorrow, 08.00 WIB``; nothing for nothing."""
    return hours.short_in_words(value) if value else ""


@register.filter
def other_zones(value: datetime) -> str:
    """``09.00 WITA, 10.00 WIT``; nothing for nothing."""
    return hours.other_zones(value) if value else ""


@register.filter
def moment_here(value: datetime) -> str:
    """The time in the site's zone as a ``<time>``, with the other zones in its ``title``; nothing for nothing.

    For the desk, which has no space for three zones in each line. The record of a case names all of them.
    """
    if not value:
        return ""
    words, others = hours.short_in_words(value), hours.other_zones(value)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), others, words)


@register.filter
def clock(value: datetime) -> str:
    """``08.00 WIB``; nothing for nothing."""
    return hours.clock_in_words(value) if value else ""


@register.filter
def due_in_words(case: Case) -> str:
    """``due in 20 minutes`` or ``late by 2 hours``; nothing where nobody must act."""
    now, due = timezone.now(), case.next_action_at
    if due is None:
        return ""
    if due < now:
        return _("late by %(time)s") % {"time": timesince(due, now, depth=1)}
    return _("due in %(time)s") % {"time": timesince(now, due, depth=1)}


@register.filter
def seconds_clock(value: datetime) -> str:
    """``08:00:05``, in the site's time zone: when a message can be read that can be taken back until then."""
    return timezone.localtime(value).strftime("%H:%M:%S")


@register.filter
def of(table: dict, key: str) -> Any:
    """The value of ``key`` in ``table``: ``{{ labels|of:name }}``."""
    return table[key]


@register.filter
def in_words(event: Event, labels: dict) -> str:
    """What happened, as the timeline says it."""
    return str(labels.get(event.action) or LABELS.get(event.action, event.action))


@register.inclusion_tag("reports/triage/_care_links.html")
def care_links(user: Account, css: str = "") -> dict[str, Any]:
    """Links to the guidelines, to what changed since this person left, and to the page about their own load."""
    links = [(name, label) for name, label, needed in CARE_LINKS if has_role_permission(user, needed)]
    return {"links": links, "css": css}


@register.inclusion_tag("reports/triage/_sent.html", takes_context=True)
def sent_line(context: Context) -> dict[str, Any]:
    """Return what this person sent last, with the button that takes it back: on every page of the desk."""
    request = context["request"]
    return {"sent": sent_message(request), "csrf_token": context.get("csrf_token")}
