"""Select the helplines for each page, with one query each and a fallback for a failing database.

A helpline without a number helps nobody, so every query starts from the channels. If the database is empty or broken,
the fixed emergency set comes from the starter file shipped with the code. The same applies to each channel of the
emergency bar that the database lacks (safety rule K3).
"""

import logging
from collections.abc import Iterable

from django.db import DatabaseError
from django.db.models import Case, Exists, Expression, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from education.helplines.card import EVERYTHING, HelplineCard
from education.helplines.provinces import Province
from education.models import Audience, Channel, Guide, GuideHelpline, Helpline, Lesson, Topic
from education.starter import emergency as shipped_emergency
from safetycenter.memory import for_seconds

log = logging.getLogger(__name__)

CHAT_FOR_ALL, POLICE = "sapa-129", "polri-110"
TEXT = "text"
MOST = 5

_FIT_FOR_DANGER = Q(helpline__status=Helpline.Status.ACTIVE) | Q(helpline__emergency=True)
_LISTENING = (Helpline.Kind.EMERGENCY, Helpline.Kind.SUPPORT, Helpline.Kind.LEGAL)
_NOT_ASKED = Value(None, output_field=IntegerField())


def emergency_bar(entries: list[HelplineCard] | None = None) -> list[tuple[Helpline, Channel]]:
    """Return the three channels of the emergency bar, in order; ``entries`` is the emergency set, if at hand."""
    entries = emergency() if entries is None else entries
    ways = [(e.line, c) for e in entries for c in e.channels if shipped_emergency.has_number(c)]
    found = {(line.slug, c.kind): (line, c) for line, c in reversed(ways)}
    return [found[way] for way in shipped_emergency.BAR if way in found]


@for_seconds
def recent_bar() -> list[tuple[Helpline, Channel]]:
    """Return ``emergency_bar()``, up to ``memory.SECONDS`` old. Not for pages cached until the content changes."""
    return emergency_bar()


def emergency() -> list[HelplineCard]:
    """Return the fixed emergency set. An old check never hides one of its numbers."""
    return _emergency_of(_entries(_NOT_ASKED))


def shipped() -> list[HelplineCard]:
    """Return the emergency set from the shipped file, without using the database."""
    return _grouped(shipped_emergency.channels())


def alternatives_to(line: Helpline) -> list[HelplineCard]:
    """Return the emergency set without ``line``, which failed the reader. The fallback named on its page is first."""
    entries = [entry for entry in emergency() if entry.line.slug != line.slug]
    for entry in entries:
        if line.slug == CHAT_FOR_ALL:
            entry.chat_instead = None
    return sorted(entries, key=lambda entry: entry.line.slug != fallback_slug(line))


def fallback_slug(line: Helpline) -> str:
    """Return the slug of the helpline to call if ``line`` fails: 112, or 110 if ``line`` is 112."""
    return POLICE if line.slug == EVERYTHING else EVERYTHING


def for_topic(key: str) -> list[HelplineCard]:
    """Return at most five helplines of a topic that suit an emergency page; the emergency set for an unknown topic."""
    return _calm(_asked_or_emergency(Case(_fits_topic(key))))


def beside_results(found: list[str], leading: int, topic: str) -> list[HelplineCard]:
    """Return the helplines beside search results, from one query.

    First the first ``leading`` of the slugs ``found``, then the others of the ``topic``, those in ``found`` first, then
    the emergency set.
    """
    first = [When(helpline__slug=slug, then=Value(place - leading)) for place, slug in enumerate(found[:leading])]
    entries = _entries(Case(*first, _fits_topic(topic), output_field=IntegerField()))
    asked = _by_rank(entries)
    named = [entry for entry in asked if entry.rank < 0]
    of_topic = _calm([entry for entry in asked if entry.rank >= 0])
    of_topic.sort(key=lambda entry: found.index(entry.line.slug) if entry.line.slug in found else len(found))
    return list({entry.line.slug: entry for entry in [*named, *of_topic, *_emergency_of(entries)]}.values())


def _fits_topic(key: str) -> When:
    of_topic = Exists(Helpline.topics.through.objects.filter(helpline=OuterRef("helpline"), topic__key=key))
    return When(_FIT_FOR_DANGER & Q(of_topic), then=F("helpline__order"))


def named(slugs: Iterable[str]) -> list[HelplineCard]:
    """Return the helplines with these slugs, confirmed or not, in this order. The card shows how reliable each is."""
    places = [When(helpline__slug=slug, then=Value(place)) for place, slug in enumerate(slugs)]
    return _asked_or_emergency(Case(*places, output_field=IntegerField()))


def filter_by_channel_type(entries: list[HelplineCard], way: str) -> list[HelplineCard]:
    """Keep only channels of one type: "text" (without speaking), "voice", or "" for all. Changes ``entries``.

    Helplines without such a channel are left out. The replacement chat is removed if a type is given or if a helpline
    has a text channel.
    """
    can_write = any(channel.text_route for entry in entries for channel in entry.channels)
    for entry in entries:
        if way:
            entry.channels = [channel for channel in entry.channels if channel.text_route == (way == TEXT)]
        if way or can_write:
            entry.chat_instead = None
    return [entry for entry in entries if entry.channels]


def for_reader(slugs: Iterable[str], audience: str = "") -> list[HelplineCard]:
    """Return at most five of the helplines with these slugs, in this order, only confirmed or emergency ones.

    ``audience`` keeps only helplines for that audience. A page for children passes "teens", which leaves out services
    for women only and those that need an adult's identity card.
    """
    theirs = Exists(Helpline.audiences.through.objects.filter(helpline=OuterRef("helpline"), audience__key=audience))
    fits = _FIT_FOR_DANGER & Q(theirs) if audience else _FIT_FOR_DANGER
    places = [When(fits & Q(helpline__slug=slug), then=Value(place)) for place, slug in enumerate(slugs)]
    return _asked_or_emergency(Case(*places, output_field=IntegerField()))[:MOST]


def for_guide(guide: Guide) -> list[HelplineCard]:
    """Return the helplines of a guide, the most suitable one first."""
    place = GuideHelpline.objects.filter(guide=guide, helpline=OuterRef("helpline")).values("position")[:1]
    return _asked_or_emergency(Subquery(place))[:MOST]


def for_lesson(lesson: Lesson) -> list[HelplineCard]:
    """Return the helplines for the handout that pupils take home."""
    chosen = Exists(Lesson.helplines.through.objects.filter(lesson=lesson, helpline=OuterRef("helpline")))
    return _asked_or_emergency(Case(When(chosen, then=F("helpline__order"))))[:MOST]


def for_audience(audience: Audience) -> list[HelplineCard]:
    """Return at most five helplines for this audience.

    Only services where someone listens, not forms. The card shows how reliable each one is.
    """
    theirs = Exists(Helpline.audiences.through.objects.filter(helpline=OuterRef("helpline"), audience=audience))
    answered = Exists(Channel.objects.filter(helpline=OuterRef("helpline"), kind=Channel.Kind.PHONE))
    listens = Q(helpline__kind__in=_LISTENING) | Q(answered)
    return _calm(_asked_or_emergency(Case(When(listens & Q(theirs), then=F("helpline__order")))))


def all_listed(
    province: Province | None = None, need: Topic | Audience | None = None
) -> list[tuple[str, list[HelplineCard]]]:
    """Return all helplines that readers may see, as pairs of label and cards, the emergency set first.

    With a ``province``, leave out helplines of other provinces and list its local ones right after the emergency set.
    With a ``need`` (a topic or an audience), return only the helplines for it and the emergency set.
    """
    emergency, here = Helpline.Kind.EMERGENCY, "here"
    groups: dict = {emergency: [], here: []} | {kind: [] for kind in Helpline.Kind if kind != emergency}
    for entry in _entries(_rank_for(need)):
        line = entry.line
        if province and line.provinces and province.key not in line.provinces:
            continue
        local = here if province and line.provinces else Helpline.Kind(line.kind)
        groups[emergency if line.emergency else local].append(entry)
    labels = {kind: kind.label for kind in Helpline.Kind} | {here: province and province.name}
    return [(labels[group], entries) for group, entries in groups.items() if entries]


def _rank_for(need: Topic | Audience | None) -> Expression:
    if need is None:
        return F("helpline__order")
    of_topic = isinstance(need, Topic)
    rows = (Helpline.topics if of_topic else Helpline.audiences).through.objects.filter(helpline=OuterRef("helpline"))
    fits = Exists(rows.filter(**{"topic" if of_topic else "audience": need}))
    return Case(When(fits, then=F("helpline__order")))


def emergency_set_verified() -> bool:
    """Return whether the operator has tested every emergency number. Intake stays closed before that (K3)."""
    fixed = Helpline.objects.shown().filter(emergency=True)
    return fixed.exists() and not fixed.filter(verified_on=None).exists()


def _calm(entries: list[HelplineCard]) -> list[HelplineCard]:
    """Return five of ``entries``, suitable services before the police, for a reader who is not in danger (K14).

    One place is reserved for an emergency number; the bar on every page shows all of them.
    """
    urgent = [entry for entry in entries if entry.line.kind == Helpline.Kind.EMERGENCY]
    fitting = [entry for entry in entries if entry.line.kind != Helpline.Kind.EMERGENCY]
    return (fitting[: MOST - len(urgent[:1])] + urgent)[:MOST]


def _asked_or_emergency(rank: Expression) -> list[HelplineCard]:
    entries = _entries(rank)
    return _by_rank(entries) or _emergency_of(entries)


def _by_rank(entries: list[HelplineCard]) -> list[HelplineCard]:
    """Return the requested helplines by rank."""
    return sorted((entry for entry in entries if entry.rank is not None), key=lambda entry: entry.rank)


def _emergency_of(entries: list[HelplineCard]) -> list[HelplineCard]:
    return [entry for entry in entries if entry.line.emergency]


def _entries(rank: Expression) -> list[HelplineCard]:
    """Return the helplines that have a ``rank``, and always the emergency set."""
    try:
        channels = list(_channels(rank))
    except DatabaseError:
        log.warning("helplines taken from the shipped file: the database does not answer")
        channels = []
    if not any(channel.helpline.emergency for channel in channels):
        return _grouped(channels + shipped_emergency.channels())
    return _grouped(channels + shipped_emergency.lacking(channels))


def _grouped(channels: list[Channel]) -> list[HelplineCard]:
    entries: dict[tuple[str, bool], HelplineCard] = {}
    for channel in channels:
        line = channel.helpline
        # A helpline removed from the emergency numbers is kept apart from the shipped one with the same slug.
        entry = entries.setdefault((line.slug, line.emergency), HelplineCard(line, getattr(channel, "rank", None)))
        entry.channels.append(channel)
    return _with_chat_instead(list(entries.values()))


def _channels(rank: Expression) -> QuerySet[Channel]:
    return (
        Channel.objects.filter(helpline__in=Helpline.objects.order_by().shown())
        .annotate(rank=rank)
        .filter(Q(rank__isnull=False) | Q(helpline__emergency=True))
        .select_related("helpline")
        .order_by("helpline__order", "helpline", "position", "pk")
    )


def _with_chat_instead(entries: list[HelplineCard]) -> list[HelplineCard]:
    chats = [c for e in entries if e.line.slug == CHAT_FOR_ALL for c in e.channels if c.kind == Channel.Kind.WHATSAPP]
    for entry in entries:
        if chats and not any(channel.text_route for channel in entry.channels):
            entry.chat_instead = chats[0]
    return entries
