"""The emergency set, the emergency bar, and the cards of chosen helplines with the emergency set as their fallback.

If the database is empty or broken, the emergency set comes from the starter file shipped with the code. The same
applies to each channel of the emergency bar that the database lacks (safety rule K3).
"""

import logging
from collections.abc import Callable

from django.db import DatabaseError

from education.helplines import directory
from education.helplines.card import HelplineCard
from education.models import Channel, Helpline
from education.starter import emergency as shipped_emergency
from safetycenter.memory import for_seconds

log = logging.getLogger(__name__)

CHAT_FOR_ALL = "sapa-129"
# Takes the helplines of the directory in their order, and returns those for a page, the best first.
Choose = Callable[[list[Helpline]], list[Helpline]]


def emergency_bar(entries: list[HelplineCard] | None = None) -> list[tuple[Helpline, Channel]]:
    """Return the three channels of the emergency bar, in order; ``entries`` is the emergency set, if at hand."""
    entries = emergency_set() if entries is None else entries
    ways = [(e.line, c) for e in entries for c in e.channels if shipped_emergency.has_number(c)]
    found = {(line.slug, c.kind): (line, c) for line, c in reversed(ways)}
    return [found[way] for way in shipped_emergency.BAR if way in found]


@for_seconds
def recent_bar() -> list[tuple[Helpline, Channel]]:
    """Return ``emergency_bar()``, up to ``memory.SECONDS`` old. Not for pages cached until the content changes."""
    return emergency_bar()


def emergency_set() -> list[HelplineCard]:
    """Return the fixed emergency set. An old check never hides one of its numbers."""
    return cards(lambda lines: [])[1]


def shipped_set() -> list[HelplineCard]:
    """Return the emergency set from the shipped file, without using the database."""
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
        channels += shipped_emergency.lacking(channels)
    found = _grouped(channels)
    by_line = {(card.line.slug, card.line.emergency): card for card in found}
    return [by_line[line.slug, line.emergency] for line in chosen], [card for card in found if card.line.emergency]


def _grouped(channels: list[Channel]) -> list[HelplineCard]:
    entries: dict[tuple[str, bool], HelplineCard] = {}
    for channel in channels:
        line = channel.helpline
        # A helpline removed from the emergency numbers is kept apart from the shipped one with the same slug.
        entries.setdefault((line.slug, line.emergency), HelplineCard(line)).channels.append(channel)
    return _with_chat_instead(list(entries.values()))


def _with_chat_instead(entries: list[HelplineCard]) -> list[HelplineCard]:
    chats = [c for e in entries if e.line.slug == CHAT_FOR_ALL for c in e.channels if c.kind == Channel.Kind.WHATSAPP]
    for entry in entries:
        if chats and not any(channel.text_route for channel in entry.channels):
            entry.chat_instead = chats[0]
    return entries
