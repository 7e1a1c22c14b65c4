"""Share a guide as a chat message to a friend, parents or a class group."""

from urllib.parse import quote

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.helplines.selection import HelplineCard
from education.models import Guide
from education.rendering import rich_text

MOST = 699  # characters; a longer chat message is cut off by "read more"
MOST_LINES = 2


def whatsapp(guide: Guide, address: str) -> str:
    """Return the link that opens WhatsApp with the short answer and ``address``.

    WhatsApp then asks for the recipient.
    """
    text = f"{guide.localized.short_answer}\n\n{address}"
    return f"https://wa.me/?text={quote(text, safe='')}"


def chat_text(guide: Guide, entries: list[HelplineCard], address: str) -> str:
    """Return title, short answer, as many steps as fit, helplines and ``address``, at most MOST characters.

    Safety steps are kept first. A note says how many steps are left out and where to read them.
    """
    steps = [rich_text.plain(step) for step in guide.steps]
    room = MOST - len(guide.localized.title) - len(_end(entries, address, left=len(steps))) - 4
    answer = Truncator(guide.localized.short_answer).chars(max(room, 0))
    taken = _that_fit(steps, guide.safety_steps, room - len(answer) - 2)
    lines = [f"{number}. {steps[place]}" for number, place in enumerate(taken, start=1)]
    end = _end(entries, address, left=len(steps) - len(taken))
    return "\n\n".join(filter(None, [guide.localized.title, answer, "\n".join(lines), end]))


def _that_fit(steps: list[str], first: list[int], room: int) -> list[int]:
    """Return the indices of the steps that fit into ``room`` characters, in order.

    Those in ``first`` take precedence.
    """
    taken = []
    for place in [*first, *(place for place in range(len(steps)) if place not in first)]:
        needed = len(steps[place]) + len("1. \n")
        if needed <= room:
            taken.append(place)
            room -= needed
        elif place not in first:
            break  # do not take a later, shorter step instead: the order of the steps matters
    return sorted(taken)


def _end(entries: list[HelplineCard], address: str, left: int) -> str:
    """Return the helplines and the address of the whole guide, with the number of steps ``left`` to read there."""
    more = _("The whole guide: %(address)s")
    if left:
        more = ngettext(
            "%(count)d more step, and the whole guide: %(address)s",
            "%(count)d more steps, and the whole guide: %(address)s",
            left,
        )
    return "\n\n".join(filter(None, [_help(entries), more % {"count": left, "address": address}]))


def _help(entries: list[HelplineCard]) -> str:
    entries = entries[:MOST_LINES]
    named = [f"{entry.line.localized.name}: {_ways(entry)}" for entry in entries]
    lines = _("Help: %(lines)s") % {"lines": "; ".join(named)} if named else ""
    return "\n".join(filter(None, [lines, _without_speaking(entries)]))


def _without_speaking(entries: list[HelplineCard]) -> str:
    """Return one chat for readers who cannot speak, unless a helpline already offers one."""
    named = [channel for entry in entries for channel in entry.first]
    chat = next((entry.chat_instead for entry in entries if entry.chat_instead), None)
    return _("Can't speak? WA SAPA %(number)s") % {"number": chat.value} if chat and chat not in named else ""


def _ways(entry: HelplineCard) -> str:
    """Return the text channel, then the phone number."""
    ways = ", ".join(channel.value for channel in entry.first)
    return f"{ways} {_('(not in every district)')}" if entry.not_everywhere else ways
