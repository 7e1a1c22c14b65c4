"""Template tags for guides and helplines, the only interface for other apps' templates: one library, one ``load``.

Helplines come from the directory, which is read once for each cache version. Each tag shows something useful if the
database is empty or does not answer.
"""

import logging
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.template import Context
from django.template.loader import select_template
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from education import page_groups, urls_for
from education.helplines import checks, emergency, selection
from education.models import Guide
from education.models.bilingual import LANGUAGES, Bilingual
from education.models.guide import LARGE_FIELDS
from education.rendering import pictures
from safetycenter.page_cache import display_modes, middleware

log = logging.getLogger(__name__)
register = template.Library()

BRIEF = 3
MAX_GUIDES = 3
# Formats in which sources give their date, and the formats in which they are shown.
_DATED = (("%d %b %Y", "j F Y"), ("%d %B %Y", "j F Y"), ("%b %Y", "F Y"), ("%B %Y", "F Y"))


@register.inclusion_tag("education/_emergency_bar.html", takes_context=True)
def emergency_bar(context: Context) -> dict:
    """Show 110, a chat for people who cannot speak, and 112; used on every page.

    If the context contains ``is_never_stored``, the data may be a few seconds old. A stored page would keep it longer.
    """
    return {"ways": emergency.cached_emergency_bar() if context.get("is_never_stored") else emergency.emergency_bar()}


@register.simple_tag
def emergency_ways() -> list[emergency.BarChannel]:
    """Return what ``emergency_bar`` shows, some seconds old: ``{% emergency_ways as ways %}``. For pages not stored."""
    return emergency.cached_emergency_bar()


@register.inclusion_tag("education/_helpline_cards.html")
def helplines(topic_key: str) -> dict:
    """Show the helplines for a topic: ``{% helplines "scams" %}``; the emergency set for an unknown topic."""
    cards = selection.for_topic(topic_key)
    return {"cards": cards, "leaves_trace": leaves_trace(cards)}


@register.inclusion_tag("education/_helpline_cards.html", takes_context=True)
def helplines_short(
    context: Context, roles: str, channel_type: str = "", level: int = 3, folded: bool = False, small: bool = False
) -> dict:
    """Show who holds these roles: ``{% helplines_short "chat" channel_type="text" %}``.

    Roles are keys of ``HelplineRole.Role``, with spaces between them. ``channel_type``: "text" shows only channels that
    work without speaking, "voice" only calls. ``level`` is the heading level of the cards, one below the heading before
    them. ``folded``: whom it serves is in the fold of its card. ``small``: only names and numbers, and once for all of
    them whether they were checked (K3).
    """
    cards = selection.filter_by_channel_type(selection.for_roles(roles.split()), channel_type)
    brief = {"is_small": True, "checks": checks.of_all(cards)} if small else {}
    return _short(context, cards) | {"level": level, "folded": folded} | brief


@register.simple_tag
def helplines_wished(wish: dict) -> list[str]:
    """Return the slugs that ``selection.wished`` finds: ``{% helplines_wished help.lines as slugs %}``."""
    return selection.wished(wish)


@register.inclusion_tag("education/_helpline_cards.html", takes_context=True)
def helplines_for_audience(
    context: Context, slugs: list[str], audience: str = "", brief: bool = False, said_above: bool = False
) -> dict:
    """Show at most five reliable helplines for an audience: ``{% helplines_for_audience slugs "teens" %}``.

    ``brief``: only names and numbers of the first three, and once for all of them whether they were checked (K3).
    ``said_above``: the page says already what stays on the phone (H10).
    """
    found = selection.for_reader(slugs, audience)
    cards = selection.filter_by_channel_type(selection.without_same_numbers(found)[:BRIEF] if brief else found, "")
    shown = _short(context, cards) | ({"is_small": True, "checks": checks.of_all(cards)} if brief else {})
    return shown | ({"leaves_trace": False} if said_above else {})


@register.inclusion_tag("education/_helpline_cards.html")
def call_buttons(roles: str) -> dict:
    """Show only the numbers to call, as small cards: ``{% call_buttons "ambulance emergency" %}``."""
    return {"cards": selection.filter_by_channel_type(selection.for_roles(roles.split()), "voice"), "is_small": True}


@register.inclusion_tag("education/_helpline_cards.html")
def numbers_to_call(roles: str, is_large: bool = False, said_above: bool = False) -> dict:
    """Show only the numbers, and once for all of them whether they were checked (K3) and what stays (H10).

    ``said_above``: the page says already what stays.
    """
    found = call_buttons(roles)
    return found | {"is_large": is_large, "checks": checks.of_all(found["cards"]), "leaves_trace": not said_above}


@register.simple_tag
def form_helplines() -> list[selection.HelplineCard]:
    """Return the helpline that people can write to: ``{% form_helplines as cards %}``. For pages never stored."""
    return selection.cached_for_form()


@register.simple_tag
def helpline_as_text(role: str) -> str:
    """Return who holds a role, with channels, as text to copy: ``{% helpline_as_text "money" %}``; empty if nobody."""
    slug = emergency.role_holders()[role]
    found = [card for card in selection.by_slugs([slug]) if card.helpline.slug == slug]
    return "".join(f"{e.helpline}: {', '.join(channel.value for channel in e.channels)}" for e in found)


def _short(context: Context, cards: list[selection.HelplineCard]) -> dict:
    match = getattr(context.get("request"), "resolver_match", None)
    # Reporting a dead number opens another page, which would interrupt a reader who is writing a report.
    can_tell = not (context.get("is_reporting") or (match and match.namespace == "reports"))
    return {"cards": cards, "leaves_trace": leaves_trace(cards), "can_tell": can_tell}


@register.inclusion_tag("education/_guides_about.html")
def guides_for_reader(reader_fit: dict, heading: str = "") -> dict:
    """Show links to at most three guides for one reader, if any fit: ``{% guides_for_reader fit "Read on" %}``.

    ``reader_fit``: ``topics`` (the best first), ``audiences`` (the first one with a guide is used), ``apps`` that the
    case is not about: a guide whose title names one of them is left out.
    """
    try:
        found = [guide for guide in _for_readers(reader_fit) if not _names_unrelated_app(guide, reader_fit["apps"])]
    except DatabaseError:
        log.warning("no guides shown: the database does not answer")
        found = []
    reader = next((key for key in reader_fit["audiences"] if any(guide.reader == key for guide in found)), None)
    theirs = [guide for guide in found if guide.reader == reader]
    theirs.sort(key=lambda guide: (reader_fit["topics"].index(guide.topic.key), guide.voices, guide.number))
    # Guides on the same subject have variants for other readers. The one with the fewest audiences fits best.
    once = {guide.subject or guide.number: guide for guide in reversed(theirs)}
    return {
        "guides": [guide for guide in theirs if guide in once.values()][:MAX_GUIDES],
        "heading": heading,
        "for_adults": None,
    }


def _for_readers(reader_fit: dict) -> QuerySet[Guide]:
    spoken_to = Guide.audiences.through.objects.filter(guide=OuterRef("pk")).order_by().values("guide")
    return (
        Guide.objects.published()
        .annotate(reader=F("audiences__key"), voices=Subquery(spoken_to.annotate(all=Count("pk")).values("all")))
        .filter(reader__in=reader_fit["audiences"], topic__key__in=reader_fit["topics"])
        .select_related("topic")
        .defer(*LARGE_FIELDS)
    )


def _names_unrelated_app(guide: Guide, apps: list[str]) -> bool:
    return any(app in guide.text("title", language) for language in LANGUAGES for app in apps)


@register.inclusion_tag("education/_search_form.html")
def search_form(
    text: str = "",
    audiences: Iterable = (),
    topics: Iterable = (),
    audience: Any = None,
    topic: Any = None,
    apps: Iterable = (),
    app: Any = None,
) -> dict:
    """Show the search form, empty or with the query and the audiences, topics and apps to choose from."""
    chosen = {"audience": audience, "topic": topic, "app": app}
    return {"text": text, "audiences": audiences, "topics": topics, "apps": apps} | chosen


@register.simple_tag(takes_context=True)
def address(context: Context, item: Bilingual) -> str:
    """Return the address for links to ``item`` within the site: ``{% address guide %}``. It keeps the display mode."""
    middleware.also_touched_by(getattr(context, "request", None), *page_groups.beside(item))  # the link shows its title
    return display_modes.in_mode(urls_for.url_of(item, get_language() or settings.LANGUAGE_CODE))


@register.filter
def anchor(item: Bilingual) -> str:
    """Return the anchor of the item on the page of its kind: ``{{ term|anchor }}``."""
    return urls_for.anchor_of(item)


@register.simple_tag
def cover(guide: Guide) -> SafeString | str:
    """Return the small picture of ``guide`` for a list, if it has a cover that may be shown: ``{% cover guide %}``."""
    picture = guide.shown_cover
    return pictures.thumbnail(picture) if picture else ""


@register.simple_tag
def art(key: str) -> str:
    """Return the picture of a topic or audience, or the site's logo if there is none; nothing on a text-only page."""
    if display_modes.is_text():
        return ""
    return select_template([f"_partials/art/{key}.svg", "_partials/mark.svg"]).render()


@register.filter
def breakable(number: str) -> SafeString:
    """Return a number or address that may wrap only after "-" or ".", where a whole line is too narrow for it."""
    return mark_safe(re.sub(r"(?<=[-.])(?=.)", "<wbr>", conditional_escape(number)))  # noqa: S308 - escaped before


@register.filter
def day(value: date | None) -> str:
    """Return a date in the format of both languages: 12 November 2026."""
    return date_format(value, "j F Y") if value else ""


@register.filter
def source_date(text: str) -> str:
    """Return a source's date (``7 Jan 2026``, ``Jan 2026``, ``2026``) in the reader's language; other text as it is."""
    for pattern, shown in _DATED:
        try:
            return date_format(datetime.strptime(text, pattern), shown)  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return text


@register.filter
def leaves_trace(cards: Iterable[selection.HelplineCard]) -> bool:
    """Return whether a helpline leaves an entry in the phone's call list or chats (H10)."""
    return any(card.leaves_trace for card in cards)


for _text in (checks.short_check_text, checks.check_text, checks.try_text):
    register.filter(_text)
