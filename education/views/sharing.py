"""A guide in the words of a chat: what is sent to a friend, to parents, to a class group."""

from urllib.parse import quote

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.helplines.selection import HelplineCard
from education.models import Guide
from education.rendering import rich_text

MOST = 699  # letters of a chat text: it shows without "read more"
MOST_LINES = 2


def whatsapp(guide: Guide, address: str) -> str:
    """The link that opens WhatsApp with the short answer and ``address``; WhatsApp then asks whom to send it to."""
    text = f"{guide.localized.short_answer}\n\n{address}"
    return f"https://wa.me/?text={quote(text, safe='')}"


def chat_text(guide: Guide, entries: list[HelplineCard], address: str) -> str:
    """Title, short answer, as many steps as fit, helplines and ``address``; never longer than MOST.

    Steps about safety are taken first. What is left out is said, with the way to it.
    """
    steps = [rich_text.plain(step) for step in guide.steps]
    room = MOST - len(guide.localized.title) - len(_end(entries, address, left=len(steps))) - 4
    answer = Truncator(guide.localized.short_answer).chars(max(room, 0))
    taken = _that_fit(steps, guide.safety_steps, room - len(answer) - 2)
    lines = [f"{number}. {steps[place]}" for number, place in enumerate(taken, start=1)]
    end = _end(entries, address, left=len(steps) - len(taken))
    return "\n\n".join(filter(None, [guide.localized.title, answer, "\n".join(lines), end]))


def _that_fit(steps: list[str], first: list[int], room: int) -> list[int]:
    """The places of the steps for which there is ``room``, in their order; those in ``first`` come before others."""
    taken = []
    for place in [*first, *(place for place in range(len(steps)) if place not in first)]:
        needed = len(steps[place]) + len("1. \n")
        if needed <= room:
            taken.append(place)
            room -= needed
        elif place not in first:
            break  # no later step instead: what is told first stands first for a reason
    return sorted(taken)


def _end(entries: list[HelplineCard], address: str, left: int) -> str:
    """Whom to turn to, and where the whole guide is; says how many steps are ``left`` there."""
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
    """One chat for all who can only be called, unless it is named already."""
    named = [channel for entry in entries for channel in entry.first]
    chat = next((entry.chat_instead for entry in entries if entry.chat_instead), None)
    return _("Can't speak? WA SAPA %(number)s") % {"number": chat.value} if chat and chat not in named else ""


def _ways(entry: HelplineCard) -> str:
    """A way without speaking, then the call."""
    ways = ", ".join(channel.value for channel in entry.first)
    return f"{ways} {_('(not in every district)')}" if entry.not_everywhere else ways
