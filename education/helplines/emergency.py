"""The emergency set, the emergency bar, and the cards of chosen helplines with the emergency set as their fallback.

If the database is empty or broken, the emergency set comes from the starter file shipped with the code. The same
applies to each channel of the emergency bar that the database lacks (safety rule K3).
"""

import logging
from collections.abc import Callable
from typing import NamedTuple

from django.db import DatabaseError

from education.helplines import directory
from education.helplines.card import HelplineCard
from education.models import Channel, Helpline, HelplineRole
from education.starter import emergency as shipped_emergency
from safetycenter.memory import cached_for_seconds

log = logging.getLogger(__name__)

BAR, CHAT = HelplineRole.BAR, HelplineRole.Role.CHAT
# Takes the helplines of the directory in their order, and returns those for a page, the best first.
Choose = Callable[[list[Helpline]], list[Helpline]]
BarChannels = dict[tuple[str, str], tuple[Helpline, Channel]]  # by slug of the helpline and kind of the channel


class BarChannel(NamedTuple):
    """One channel of the emergency bar, and the role in which it is there."""

    role: str
    line: Helpline
    channel: Channel


def emergency_bar(entries: list[HelplineCard] | None = None) -> list[BarChannel]:
    """Return the three channels of the emergency bar, in order; ``entries`` is the emergency set, if at hand."""
    entries = emergency_set() if entries is None else entries
    ways = [(e.helpline, c) for e in entries for c in e.channels if shipped_emergency.has_number(c)]
    found = {(line.slug, channel.kind): (line, channel) for line, channel in reversed(ways)}
    bar = [(role, _first_channel(found, role)) for role in BAR]
    return [BarChannel(role, *way) for role, way in bar if way]


@cached_for_seconds
def cached_emergency_bar() -> list[BarChannel]:
    """Return ``emergency_bar()``, up to ``CACHE_SECONDS`` old. Not for pages cached until the content changes."""
    return emergency_bar()


def role_holders() -> dict[str, str]:
    """Return the slug of the helpline for each role; the shipped one if the database does not answer."""
    try:
        return directory.roles()
    except DatabaseError:
        return shipped_emergency.roles()


def is_in_emergency_bar(line: Helpline) -> bool:
    """Return whether ``line`` is chosen for the emergency bar."""
    return line.slug in {role_holders()[role] for role in BAR}


def _first_channel(found: BarChannels, role: HelplineRole.Role) -> tuple[Helpline, Channel] | None:
    """Return what ``found`` has of the kind that ``role`` needs, from the chosen helpline or else the shipped one."""
    slugs = (role_holders()[role], shipped_emergency.roles()[role])
    return next((found[slug, BAR[role]] for slug in slugs if (slug, BAR[role]) in found), None)


def emergency_set() -> list[HelplineCard]:
    """Return the fixed emergency set. An old check never hides one of its numbers."""
    return cards(lambda lines: [])[1]


def shipped_emergency_set() -> list[HelplineCard]:
    """Return the emergency set from the shipped file, whatever helplines the database has."""
    return _grouped(shipped_emergency.channels())


def chosen_or_emergency(choose: Choose) -> list[HelplineCard]:
    """Return the cards of the helplines that ``choose`` selects; the emergency set if it selects none."""
    chosen, emergencies = cards(choose)
    return chosen or emergencies


def cards(choose: Choose) -> tuple[list[HelplineCard], list[HelplineCard]]:
    """Return new cards of the helplines that ``choose`` selects, in its order, and those of the emergency set."""
    try:
        channels = list(directory.channels())
        chosen = choose(list({channel.helpline_id: channel.helpline for channel in channels}.values()))
    except DatabaseError:
        log.warning("helplines taken from the shipped file: the database does not answer")
        channels, chosen = [], []
    if not any(channel.helpline.emergency for channel in channels):
        channels += shipped_emergency.channels()
    else:
        channels += shipped_emergency.missing_channels(channels, role_holders())
    found = _grouped(channels)
    by_line = {(card.helpline.slug, card.helpline.emergency): card for card in found}
    return [by_line[line.slug, line.emergency] for line in chosen], [card for card in found if card.helpline.emergency]


def _grouped(channels: list[Channel]) -> list[HelplineCard]:
    entries: dict[tuple[str, bool], HelplineCard] = {}
    for channel in channels:
        line = channel.helpline
        # A helpline removed from the emergency numbers is kept apart from the shipped one with the same slug.
        entries.setdefault((line.slug, line.emergency), HelplineCard(line)).channels.append(channel)
    return _with_chat_instead(list(entries.values()))


def _with_chat_instead(entries: list[HelplineCard]) -> list[HelplineCard]:
    """Give the chat of the bar to the helplines that can only be called, and return them all."""
    bar = emergency_bar([entry for entry in entries if entry.helpline.emergency])
    chat = next((way.channel for way in bar if way.role == CHAT), None)
    for entry in entries:
        if not any(channel.text_route for channel in entry.channels):
            entry.chat_instead = chat
    return entries
