"""What a page says: that somebody is waiting, and the time. Nothing about a report and no name of this site (H2)."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..hours import NO_BREAK_SPACE, clock_in_words

WAITING = _("Somebody is waiting")
TEST = _("Test code")


class Message(NamedTuple):
    """A sentence, what stands under it, and when it was written."""

    title: str
    line: str
    at: datetime

    @property
    def in_one_line(self) -> str:
        """Both, for a way that has no title."""
        return f"{self.title} {self.line}"


def page(language: str) -> Message:
    """Return a page; in every language if ``language`` is empty, because staff may read only one."""
    now = timezone.now()
    with translation.override(language or settings.LANGUAGE_CODE):
        clock = clock_in_words(now).replace(NO_BREAK_SPACE, " ")  # which would double the length of an SMS
    return Message(_in(language, WAITING), clock, now)


def test(language: str, digits: str) -> Message:
    """Return the message with the digits of a test."""
    return Message(_in(language, TEST), digits, timezone.now())


def _in(language: str, sentence: Text) -> str:
    said = []
    for code in [language] if language else [code for code, _name in settings.LANGUAGES]:
        with translation.override(code):
            said.append(str(sentence))
    return " / ".join(said)
