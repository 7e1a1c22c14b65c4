"""One helpline as a page shows it: which channels come first, what must be said beside it."""

from dataclasses import dataclass, field

from education.models import Channel, Helpline

EVERYTHING = "darurat-112"  # for any danger, but not in every district: never shown without saying so (K3)


@dataclass
class HelplineCard:
    """One helpline as a page shows it.

    ``rank`` is its place among those asked for (None: not asked for), ``chat_instead`` a chat of another helpline for
    people who cannot speak, when this one has no way without speaking.
    """

    line: Helpline
    rank: int | None
    channels: list[Channel] = field(default_factory=list)
    chat_instead: Channel | None = None

    @property
    def first(self) -> list[Channel]:
        """What a short card shows large: one way without speaking and one call, of those that a tap opens."""
        ways = [channel for channel in self.channels if channel.uri]
        best = [next((way for way in ways if way.text_route == text), None) for text in (True, False)]
        return [way for way in best if way] or self.channels[:1]

    @property
    def further(self) -> list[Channel]:
        """Its other channels."""
        return [channel for channel in self.channels if channel not in self.first]

    @property
    def not_everywhere(self) -> bool:
        """Whether it must never be shown without saying that not every district has it."""
        return self.line.slug == EVERYTHING

    @property
    def asks_papers(self) -> bool:
        """Whether it asks for an account or an identity card (J10)."""
        return self.line.identity in {Helpline.Identity.ACCOUNT, Helpline.Identity.ID_CARD}

    @property
    def leaves_trace(self) -> bool:
        """Whether one of its channels stays in the call list or chats of the phone."""
        return any(channel.leaves_trace for channel in self.channels) or self.chat_instead is not None
