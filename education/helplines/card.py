"""A helpline as shown on a page: the order of its channels and the warnings beside them."""

from dataclasses import dataclass, field

from education.models import Channel, Helpline, helpline_fields

IN_ONE_LINE = 50  # characters of the small print of a card on a phone


@dataclass
class HelplineCard:
    """A helpline as shown on a page.

    ``chat_instead`` is the chat of another helpline for people who cannot speak, if this one only has voice channels.
    """

    helpline: Helpline
    channels: list[Channel] = field(default_factory=list)
    chat_instead: Channel | None = None

    @property
    def main_channels(self) -> list[Channel]:
        """Return the channels that a short card shows large: one text channel and one call, if a tap can open them."""
        ways = [channel for channel in self.channels if channel.uri]
        best = [next((way for way in ways if way.text_route == text), None) for text in (True, False)]
        return [way for way in best if way] or self.channels[:1]

    @property
    def other_channels(self) -> list[Channel]:
        """Return the other channels."""
        return [channel for channel in self.channels if channel not in self.main_channels]

    @property
    def answered_by(self) -> str:
        """Return who answers, if the first sentence about it is short enough to be read openly; else an empty text."""
        first = self._who_answers[0]
        return first if len(first) <= IN_ONE_LINE else ""

    @property
    def about_answers(self) -> str:
        """Return the rest of who answers and what they can do, for the fold of the card."""
        return self._who_answers[1] if self.answered_by else self.helpline.localized.who_answers

    @property
    def _who_answers(self) -> tuple[str, str]:
        first, _stop, rest = self.helpline.localized.who_answers.partition(". ")
        return first.removesuffix("."), rest

    @property
    def is_regional(self) -> bool:
        """Return whether a note must say that not every district has this service (K3)."""
        return self.helpline.is_regional

    @property
    def requires_identity(self) -> bool:
        """Return whether it asks for an account or an identity card (J10)."""
        return self.helpline.identity in {Helpline.Identity.ACCOUNT, Helpline.Identity.ID_CARD}

    @property
    def facts(self) -> list[dict]:
        """Return the facts known of it with their ``label``, ``text`` and ``css_class``."""
        declared = [(field, field.text(self.helpline)) for field in helpline_fields.FIELDS if field.fact]
        return [{"label": field.fact, "text": text, "css_class": field.css_class} for field, text in declared if text]

    @property
    def leaves_trace(self) -> bool:
        """Return whether one of its channels leaves an entry in the phone's call list or chats."""
        return any(channel.leaves_trace for channel in self.channels) or self.chat_instead is not None
