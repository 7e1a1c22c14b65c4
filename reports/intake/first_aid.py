"""First aid: the page behind each answer of the first page. It needs no draft, sets no cookie and writes nothing.

It is requested by GET under a number that reveals nothing, and also answers while the form is closed. Its button begins
the draft. No answer of the first page counts as "safe": until the reporter is asked, safety weighs like "I'm not sure".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..questions import TILE, Answers
from ..questions.category import category_behind
from ..questions.core import OWN_LIFE

FROM_OUTSIDE = 20  # added to the number where another page links to it: then it begins with the answers of danger


@dataclass(frozen=True, kw_only=True)
class FirstAid:
    """What one answer of the first page shows, and what it tells of the report."""

    key: str
    number: int
    label: Text
    hint: Text = ""
    safety: str = ""  # the answer about safety; the page is then the one that this answer has in the form
    title: Text = ""
    lines: tuple[Text, ...] = field(default_factory=tuple)  # three lines, at most 40 words together
    helpline: str = ""  # role of the number to call or write to
    topic: str = ""  # key of the topic whose guides link to it
    asks_safety: bool = False  # the form asks about safety next, because help with money says nothing about danger

    @property
    def answers(self) -> Answers:
        """The answers with which the draft begins."""
        if self.safety:
            return {"safety": self.safety}
        category = category_behind(self.key)
        return {TILE: self.key} | ({"category": category.slug} if category else {})

    @property
    def may_end_a_life(self) -> bool:
        """Whether the page also leads to help for people who think of dying (safety rule H5)."""
        category = category_behind(self.key)
        return category is not None and category.life_help_after

    @property
    def outside_number(self) -> int:
        """The number under which pages outside the form link to it."""
        return self.number + FROM_OUTSIDE


LIFE = FirstAid(key="life", number=12, label=_("I want to die or hurt myself"), safety=OWN_LIFE)
DANGERS = (
    FirstAid(key="danger", number=11, label=_("There is someone who can hurt me now"), safety="danger"),
    LIFE,
    FirstAid(key="other", number=13, label=_("Someone else is in danger"), safety="other_in_danger"),
)
TILES = (
    FirstAid(
        key="blackmail",
        number=14,
        label=_("Threatened with a photo"),
        title=_("This is not your fault"),
        lines=(
            _("<b>Stop replying.</b> Send nothing more."),
            _("<b>Get an adult you trust,</b> not the one hurting you."),
            # Safety rule H13: this sentence is the same everywhere.
            _(
                "<b>Keep the account name, the threat and the bank account number.</b> Don't screenshot or send the "
                "sexual picture; just leave the chat as it is."
            ),
        ),
        topic="private-images",
        helpline="child",  # no tool for pictures yet: nobody has said whose picture it is, and how old they are (H27)
    ),
    FirstAid(
        key="money",
        number=15,
        label=_("Money was sent"),
        title=_("Call your bank first"),
        lines=(
            _("<b>Call your bank or e-wallet now:</b> number from card or app, not from a search."),
            _("<b>Then IASC, then the police;</b> under 18, with an adult you trust."),
            _("<b>No real officer</b> wants a fee, an OTP or control of your phone."),
        ),
        topic="scams",
        helpline="money",
        asks_safety=True,
    ),
    FirstAid(
        key="hurt",
        number=16,
        label=_("Being hurt"),
        hint=_("anywhere"),
        title=_("This is not your fault"),
        lines=(
            _("<b>If you can, go to someone safe.</b>"),
            _("<b>Chat with SAPA</b>, or tell an adult you trust, not the one who hurts you."),
            _("<b>Does that person check this phone?</b> Use another one."),
        ),
        topic="offline-harm",
        helpline="child",
    ),
)
UNSURE = FirstAid(key="unsure", number=18, label=_("I'm not sure"), safety="unsure")


def by_number(number: int) -> tuple[FirstAid, bool] | None:
    """Return the first aid with this number and whether a page outside the form links to it, or None."""
    for aid in _all():
        if number in (aid.number, aid.outside_number):
            return aid, number == aid.outside_number
    return None


def of_topic(key: str) -> FirstAid | None:
    """Return the first aid to which guides of the topic with this key link, or None."""
    return next((aid for aid in TILES if aid.topic == key), None)


def _all() -> Iterator[FirstAid]:
    yield from (*DANGERS, *TILES, UNSURE)
