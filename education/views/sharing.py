"""Share a guide as a chat message to a friend, parents or a class group."""

from urllib.parse import quote

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.helplines.selection import HelplineCard
from education.models import Guide
from education.rendering import rich_text

MAX_CHAT_LENGTH = 699  # characters; a longer chat message is cut off by "read more"
MAX_HELPLINE_LINES = 2


def whatsapp(guide: Guide, address: str) -> str:
    """Return the link that opens WhatsApp with the short answer and ``address``.

    WhatsApp then asks for the recipient.
    """
    text = f"{guide.localized.short_answer}\n\n{address}"
    return f"https://wa.me/?text={quote(text, safe='')}"


def chat_text(guide: Guide, cards: list[HelplineCard], address: str) -> str:
    """Return title, short answer, as many steps as fit, helplines and ``address``, at most MAX_CHAT_LENGTH characters.

    Safety steps are kept first. A note says how many steps are left out and where to read them.
    """
    steps = [rich_text.plain(step) for step in guide.steps]
    max_length = MAX_CHAT_LENGTH - len(guide.localized.title) - len(_closing_lines(cards, address, left=len(steps))) - 4
    answer = Truncator(guide.localized.short_answer).chars(max(max_length, 0))
    taken = _fitting_steps(steps, guide.safety_steps, max_length - len(answer) - 2)
    lines = [f"{number}. {steps[place]}" for number, place in enumerate(taken, start=1)]
    end = _closing_lines(cards, address, left=len(steps) - len(taken))
    return "\n\n".join(filter(None, [guide.localized.title, answer, "\n".join(lines), end]))


def _fitting_steps(steps: list[str], first: list[int], max_length: int) -> list[int]:
    """Return the indices of the steps that fit into ``max_length`` characters, in order.

    Those in ``first`` take precedence.
    """
    taken = []
    for place in [*first, *(place for place in range(len(steps)) if place not in first)]:
        needed = len(steps[place]) + len("1. \n")
        if needed <= max_length:
            taken.append(place)
            max_length -= needed
        elif place not in first:
            break  # do not take a later, shorter step instead: the order of the steps matters
    return sorted(taken)


def _closing_lines(cards: list[HelplineCard], address: str, left: int) -> str:
    """Return the helplines and the address of the whole guide, with the number of steps ``left`` to read there."""
    more = _("The whole guide: %(address)s")
    if left:
        more = ngettext(
            "%(count)d more step, and the whole guide: %(address)s",
            "%(count)d more steps, and the whole guide: %(address)s",
            left,
        )
    return "\n\n".join(filter(None, [_helpline_lines(cards), more % {"count": left, "address": address}]))


def _helpline_lines(cards: list[HelplineCard]) -> str:
    cards = cards[:MAX_HELPLINE_LINES]
    named = [f"{card.helpline.localized.name}: {_channel_line(card)}" for card in cards]
    lines = _("Help: %(lines)s") % {"lines": "; ".join(named)} if named else ""
    return "\n".join(filter(None, [lines, _text_channel_line(cards)]))


def _text_channel_line(cards: list[HelplineCard]) -> str:
    """Return one chat for readers who cannot speak, unless a helpline already offers one."""
    named = [channel for card in cards for channel in card.main_channels]
    chat = next((card.chat_instead for card in cards if card.chat_instead), None)
    if not chat or chat in named:
        return ""
    return _("Can't speak? WA %(name)s %(number)s") % {"name": chat.helpline.name_beside_chat, "number": chat.value}


def _channel_line(card: HelplineCard) -> str:
    """Return the text channel, then the phone number."""
    ways = ", ".join(channel.value for channel in card.main_channels)
    return f"{ways} {_('(not in every district)')}" if card.is_regional else ways
