"""Select the helplines for each page from the directory; where none fits, the emergency set."""

from collections.abc import Iterable, Mapping

from education.helplines import directory
from education.helplines.card import HelplineCard
from education.helplines.emergency import cards, chosen_or_emergency, emergency_set, role_holders
from education.models import Audience, Channel, Guide, Helpline, HelplineRole, Lesson, Topic
from safetycenter.memory import cached_for_seconds
from safetycenter.provinces import Province

Role = HelplineRole.Role
TEXT = "text"
MAX_LISTED = 5

_SUPPORT_KINDS = (Helpline.Kind.EMERGENCY, Helpline.Kind.SUPPORT, Helpline.Kind.LEGAL)


def alternatives_to(helpline: Helpline) -> list[HelplineCard]:
    """Return the emergency set without ``helpline``, which failed the reader; first the fallback named on its page."""
    cards = [card for card in emergency_set() if card.helpline.slug != helpline.slug]
    for card in cards:
        if helpline.slug == role_holders()[Role.CHAT]:
            card.chat_instead = None
    return sorted(cards, key=lambda card: card.helpline.slug != fallback_slug(helpline))


def fallback_slug(helpline: Helpline) -> str:
    """Return the slug of the helpline to call if ``helpline`` fails: 112, or the police if ``helpline`` is 112."""
    held = role_holders()
    return held[Role.POLICE if helpline.slug == held[Role.EMERGENCY] else Role.EMERGENCY]


def for_topic(key: str) -> list[HelplineCard]:
    """Return at most five helplines of a topic that suit an emergency page; the emergency set for an unknown topic."""
    return _non_emergency_first(chosen_or_emergency(lambda lines: _of_topic(lines, key)))


def beside_results(found: list[str], leading: int, topic: str) -> list[HelplineCard]:
    """Return the helplines beside search results.

    First the first ``leading`` of the slugs ``found``, then the others of the ``topic``, those in ``found`` first, then
    the emergency set.
    """
    named, emergencies = cards(lambda lines: _by_slugs(lines, found[:leading]))
    of_topic, _emergencies = cards(lambda lines: _of_topic(lines, topic))
    of_topic = _non_emergency_first([card for card in of_topic if card.helpline not in [one.helpline for one in named]])
    of_topic.sort(key=lambda card: found.index(card.helpline.slug) if card.helpline.slug in found else len(found))
    return list({card.helpline.slug: card for card in [*named, *of_topic, *emergencies]}.values())


def by_slugs(slugs: Iterable[str]) -> list[HelplineCard]:
    """Return the helplines with these slugs, confirmed or not, in this order. The card shows how reliable each is."""
    return chosen_or_emergency(lambda lines: _by_slugs(lines, slugs))


def for_roles(roles: Iterable[str]) -> list[HelplineCard]:
    """Return the helplines that hold these roles, in this order. Roles of one helpline show it once.

    A role whose helpline is not published shows nothing; if none of the roles shows anything, the emergency set.
    """
    return by_slugs(role_holders()[role] for role in roles)


@cached_for_seconds
def cached_for_form() -> list[HelplineCard]:
    """Return the helpline beside the steps of the report form, which can be written to; up to some seconds old."""
    return for_roles([Role.CHAT])


def wished(wish: Mapping[str, list[str]]) -> list[str]:
    """Return the slugs of the helplines that ``wish`` asks for, in order.

    ``wish``: ``first`` (roles), ``slugs`` in their order, ``last`` (roles: these of the slugs follow the others) and
    ``without`` (roles to leave out).
    """
    held = role_holders()
    last, without = ({held[role] for role in wish[part]} for part in ("last", "without"))
    slugs = [*(held[role] for role in wish["first"]), *sorted(wish["slugs"], key=lambda slug: slug in last)]
    return [slug for slug in dict.fromkeys(slugs) if slug not in without]


def filter_by_channel_type(cards: list[HelplineCard], channel_type: str) -> list[HelplineCard]:
    """Keep only channels of one type: "text" (without speaking), "voice", or "" for all. Changes ``cards``.

    Helplines without such a channel are left out. The replacement chat is removed if a type is given or if a helpline
    has a text channel.
    """
    can_write = any(channel.text_route for card in cards for channel in card.channels)
    for card in cards:
        if channel_type:
            card.channels = [channel for channel in card.channels if channel.text_route == (channel_type == TEXT)]
        if channel_type or can_write:
            card.chat_instead = None
    return [card for card in cards if card.channels]


def for_reader(slugs: Iterable[str], audience: str = "") -> list[HelplineCard]:
    """Return at most five of the helplines with these slugs, in this order, only confirmed or emergency ones.

    ``audience`` keeps only helplines for that audience. A page for children passes "teens", which leaves out services
    for women only and those that need an adult's identity card.
    """

    def choose(lines: list[Helpline]) -> list[Helpline]:
        fitting = [helpline for helpline in lines if _is_reliable(helpline)]
        if audience:
            fitting = _with_key(audience, directory.audiences(), fitting)
        return _by_slugs(fitting, slugs)

    return chosen_or_emergency(choose)[:MAX_LISTED]


def without_same_numbers(cards: list[HelplineCard]) -> list[HelplineCard]:
    """Return ``cards`` without those whose numbers and chats are all on one card before them."""
    kept: list[HelplineCard] = []
    for card in cards:
        ways = {channel.value for channel in card.channels}
        if not any(ways <= {channel.value for channel in other.channels} for other in kept):
            kept.append(card)
    return kept


def for_guide(guide: Guide) -> list[HelplineCard]:
    """Return the helplines of a guide, the most suitable one first. Takes one query."""

    def choose(lines: list[Helpline]) -> list[Helpline]:
        places = dict(guide.guidehelpline_set.order_by("-position", "-pk").values_list("helpline", "position"))
        return sorted(
            (helpline for helpline in lines if helpline.pk in places), key=lambda helpline: places[helpline.pk]
        )

    return chosen_or_emergency(choose)[:MAX_LISTED]


def for_lesson(lesson: Lesson) -> list[HelplineCard]:
    """Return the helplines for the handout that pupils take home. Takes one query."""

    def choose(lines: list[Helpline]) -> list[Helpline]:
        chosen = set(lesson.helplines.order_by().values_list("pk", flat=True))
        return [helpline for helpline in lines if helpline.pk in chosen]

    return chosen_or_emergency(choose)[:MAX_LISTED]


def for_audience(audience: Audience) -> list[HelplineCard]:
    """Return at most five helplines for this audience.

    Only services where someone listens, not forms. The card shows how reliable each one is.
    """

    def choose(lines: list[Helpline]) -> list[Helpline]:
        answered = {channel.helpline_id for channel in directory.channels() if channel.kind == Channel.Kind.PHONE}
        theirs = _with_key(audience.key, directory.audiences(), lines)
        return [helpline for helpline in theirs if helpline.kind in _SUPPORT_KINDS or helpline.pk in answered]

    return _non_emergency_first(chosen_or_emergency(choose))


def directory_groups(
    province: Province | None = None, need: Topic | Audience | None = None
) -> list[tuple[str, list[HelplineCard]]]:
    """Return all helplines that readers may see, as pairs of label and cards, the emergency set first.

    With a ``province``, leave out helplines of other provinces and list its local ones right after the emergency set.
    With a ``need`` (a topic or an audience), return only the helplines for it and the emergency set.
    """
    local = province.name if province else ""
    kinds = [kind.label for kind in Helpline.Kind if kind != Helpline.Kind.EMERGENCY]
    groups: dict = {label: [] for label in (Helpline.Kind.EMERGENCY.label, local, *kinds)}
    chosen, emergencies = cards(lambda lines: _for_need(lines, need))
    for card in [*emergencies, *(card for card in chosen if not card.helpline.emergency)]:
        helpline = card.helpline
        if province and helpline.provinces and province.key not in helpline.provinces:
            continue
        kind = Helpline.Kind.EMERGENCY if helpline.emergency else Helpline.Kind(helpline.kind)
        is_local = province and helpline.provinces and not helpline.emergency
        groups[local if is_local else kind.label].append(card)
    return [(label, cards) for label, cards in groups.items() if cards]


def emergency_set_verified() -> bool:
    """Return whether the operator has tested every emergency number. Intake stays closed before that (K3)."""
    days = list(Helpline.objects.visible().filter(emergency=True).values_list("verified_on", flat=True))
    return bool(days) and None not in days


def _is_reliable(helpline: Helpline) -> bool:
    """Return whether ``helpline`` suits a page for someone in danger: confirmed, or one of the emergency set."""
    return helpline.status == Helpline.Status.ACTIVE or helpline.emergency


def _by_slugs(lines: list[Helpline], slugs: Iterable[str]) -> list[Helpline]:
    by_slug = {helpline.slug: helpline for helpline in lines}
    return [by_slug[slug] for slug in dict.fromkeys(slugs) if slug in by_slug]


def _of_topic(lines: list[Helpline], key: str) -> list[Helpline]:
    return _with_key(key, directory.topics(), [helpline for helpline in lines if _is_reliable(helpline)])


def _for_need(lines: list[Helpline], need: Topic | Audience | None) -> list[Helpline]:
    if need is None:
        return lines
    return _with_key(need.key, directory.topics() if isinstance(need, Topic) else directory.audiences(), lines)


def _with_key(key: str, keys: dict[int, frozenset[str]], lines: list[Helpline]) -> list[Helpline]:
    return [helpline for helpline in lines if key in keys.get(helpline.pk, ())]


def _non_emergency_first(cards: list[HelplineCard]) -> list[HelplineCard]:
    """Return five of ``cards``, suitable services before the police, for a reader who is not in danger (K14).

    One place is reserved for an emergency number; the bar on every page shows all of them.
    """
    urgent = [card for card in cards if card.helpline.kind == Helpline.Kind.EMERGENCY]
    fitting = [card for card in cards if card.helpline.kind != Helpline.Kind.EMERGENCY]
    return (fitting[: MAX_LISTED - len(urgent[:1])] + urgent)[:MAX_LISTED]
