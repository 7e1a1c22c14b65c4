"""Select the helplines for each page from the directory; where none fits, the emergency set."""

from collections.abc import Iterable, Mapping

from education.helplines import directory
from education.helplines.card import HelplineCard
from education.helplines.emergency import cards, chosen_or_emergency, emergency_set, holders
from education.helplines.provinces import Province
from education.models import Audience, Channel, Guide, Helpline, HelplineRole, Lesson, Topic

Role = HelplineRole.Role
TEXT = "text"
MOST = 5

_LISTENING = (Helpline.Kind.EMERGENCY, Helpline.Kind.SUPPORT, Helpline.Kind.LEGAL)


def alternatives_to(line: Helpline) -> list[HelplineCard]:
    """Return the emergency set without ``line``, which failed the reader. The fallback named on its page is first."""
    entries = [entry for entry in emergency_set() if entry.line.slug != line.slug]
    for entry in entries:
        if line.slug == holders()[Role.CHAT]:
            entry.chat_instead = None
    return sorted(entries, key=lambda entry: entry.line.slug != fallback_slug(line))


def fallback_slug(line: Helpline) -> str:
    """Return the slug of the helpline to call if ``line`` fails: 112, or the police if ``line`` is 112."""
    held = holders()
    return held[Role.POLICE if line.slug == held[Role.EMERGENCY] else Role.EMERGENCY]


def for_topic(key: str) -> list[HelplineCard]:
    """Return at most five helplines of a topic that suit an emergency page; the emergency set for an unknown topic."""
    return _calm(chosen_or_emergency(lambda lines: _of_topic(lines, key)))


def beside_results(found: list[str], leading: int, topic: str) -> list[HelplineCard]:
    """Return the helplines beside search results.

    First the first ``leading`` of the slugs ``found``, then the others of the ``topic``, those in ``found`` first, then
    the emergency set.
    """
    named, emergencies = cards(lambda lines: _named(lines, found[:leading]))
    of_topic, _emergencies = cards(lambda lines: _of_topic(lines, topic))
    of_topic = _calm([entry for entry in of_topic if entry.line not in [one.line for one in named]])
    of_topic.sort(key=lambda entry: found.index(entry.line.slug) if entry.line.slug in found else len(found))
    return list({entry.line.slug: entry for entry in [*named, *of_topic, *emergencies]}.values())


def named(slugs: Iterable[str]) -> list[HelplineCard]:
    """Return the helplines with these slugs, confirmed or not, in this order. The card shows how reliable each is."""
    return chosen_or_emergency(lambda lines: _named(lines, slugs))


def for_roles(roles: Iterable[str]) -> list[HelplineCard]:
    """Return the helplines that hold these roles, in this order. Roles of one helpline show it once.

    A role whose helpline is not published shows nothing; if none of the roles shows anything, the emergency set.
    """
    return named(holders()[role] for role in roles)


def wished(wish: Mapping[str, list[str]]) -> list[str]:
    """Return the slugs of the helplines that ``wish`` asks for, in order.

    ``wish``: ``first`` (roles), ``slugs`` in their order, ``last`` (roles: these of the slugs follow the others) and
    ``without`` (roles to leave out).
    """
    held = holders()
    last, without = ({held[role] for role in wish[part]} for part in ("last", "without"))
    slugs = [*(held[role] for role in wish["first"]), *sorted(wish["slugs"], key=lambda slug: slug in last)]
    return [slug for slug in dict.fromkeys(slugs) if slug not in without]


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

    def choose(lines: list[Helpline]) -> list[Helpline]:
        fitting = [line for line in lines if _is_reliable(line)]
        if audience:
            fitting = _with(audience, directory.audiences(), fitting)
        return _named(fitting, slugs)

    return chosen_or_emergency(choose)[:MOST]


def for_guide(guide: Guide) -> list[HelplineCard]:
    """Return the helplines of a guide, the most suitable one first. Takes one query."""

    def choose(lines: list[Helpline]) -> list[Helpline]:
        places = dict(guide.guidehelpline_set.order_by("-position", "-pk").values_list("helpline", "position"))
        return sorted((line for line in lines if line.pk in places), key=lambda line: places[line.pk])

    return chosen_or_emergency(choose)[:MOST]


def for_lesson(lesson: Lesson) -> list[HelplineCard]:
    """Return the helplines for the handout that pupils take home. Takes one query."""

    def choose(lines: list[Helpline]) -> list[Helpline]:
        chosen = set(lesson.helplines.order_by().values_list("pk", flat=True))
        return [line for line in lines if line.pk in chosen]

    return chosen_or_emergency(choose)[:MOST]


def for_audience(audience: Audience) -> list[HelplineCard]:
    """Return at most five helplines for this audience.

    Only services where someone listens, not forms. The card shows how reliable each one is.
    """

    def choose(lines: list[Helpline]) -> list[Helpline]:
        answered = {channel.helpline_id for channel in directory.channels() if channel.kind == Channel.Kind.PHONE}
        theirs = _with(audience.key, directory.audiences(), lines)
        return [line for line in theirs if line.kind in _LISTENING or line.pk in answered]

    return _calm(chosen_or_emergency(choose))


def all_listed(
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
    for entry in [*emergencies, *(entry for entry in chosen if not entry.line.emergency)]:
        line = entry.line
        if province and line.provinces and province.key not in line.provinces:
            continue
        kind = Helpline.Kind.EMERGENCY if line.emergency else Helpline.Kind(line.kind)
        is_local = province and line.provinces and not line.emergency
        groups[local if is_local else kind.label].append(entry)
    return [(label, entries) for label, entries in groups.items() if entries]


def emergency_set_verified() -> bool:
    """Return whether the operator has tested every emergency number. Intake stays closed before that (K3)."""
    fixed = Helpline.objects.shown().filter(emergency=True)
    return fixed.exists() and not fixed.filter(verified_on=None).exists()


def _is_reliable(line: Helpline) -> bool:
    """Return whether ``line`` suits a page for someone in danger: confirmed, or one of the emergency set."""
    return line.status == Helpline.Status.ACTIVE or line.emergency


def _named(lines: list[Helpline], slugs: Iterable[str]) -> list[Helpline]:
    by_slug = {line.slug: line for line in lines}
    return [by_slug[slug] for slug in dict.fromkeys(slugs) if slug in by_slug]


def _of_topic(lines: list[Helpline], key: str) -> list[Helpline]:
    return _with(key, directory.topics(), [line for line in lines if _is_reliable(line)])


def _for_need(lines: list[Helpline], need: Topic | Audience | None) -> list[Helpline]:
    if need is None:
        return lines
    return _with(need.key, directory.topics() if isinstance(need, Topic) else directory.audiences(), lines)


def _with(key: str, keys: dict[int, frozenset[str]], lines: list[Helpline]) -> list[Helpline]:
    return [line for line in lines if key in keys.get(line.pk, ())]


def _calm(entries: list[HelplineCard]) -> list[HelplineCard]:
    """Return five of ``entries``, suitable services before the police, for a reader who is not in danger (K14).

    One place is reserved for an emergency number; the bar on every page shows all of them.
    """
    urgent = [entry for entry in entries if entry.line.kind == Helpline.Kind.EMERGENCY]
    fitting = [entry for entry in entries if entry.line.kind != Helpline.Kind.EMERGENCY]
    return (fitting[: MOST - len(urgent[:1])] + urgent)[:MOST]
