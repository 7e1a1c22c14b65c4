"""A guide in the words of a chat: what is sent to a friend, to parents, to a class group."""

from urllib.parse import quote

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from education import richtext
from education.helplines import Entry
from education.models import Guide

MOST = 699  # letters of a chat text: it shows without "read more"
MOST_LINES = 2


def whatsapp(guide: Guide, address: str) -> str:
    """The link that opens WhatsApp with the short answer and ``address``; WhatsApp then asks whom to send it to."""
    text = f"{guide.words.short_answer}\n\n{address}"
    return f"https://wa.me/?text={quote(text, safe='')}"


def chat_text(guide: Guide, entries: list[Entry], address: str) -> str:
    """Title, short answer, as many steps as fit, helplines and ``address``; never longer than MOST."""
    end = "\n\n".join(filter(None, [_help(entries), address]))
    room = MOST - len(guide.words.title) - len(end) - 4
    answer = Truncator(guide.words.short_answer).chars(max(room, 0))
    steps, room = [], room - len(answer) - 2
    for number, step in enumerate(guide.steps, start=1):
        line = f"{number}. {richtext.plain(step)}"
        if len(line) + 1 > room:
            break
        steps.append(line)
        room -= len(line) + 1
    return "\n\n".join(filter(None, [guide.words.title, answer, "\n".join(steps), end]))


def _help(entries: list[Entry]) -> str:
    named = [f"{entry.line.words.name}: {entry.channels[0].value}" for entry in entries[:MOST_LINES]]
    return _("Help: %(lines)s") % {"lines": "; ".join(named)} if named else ""
