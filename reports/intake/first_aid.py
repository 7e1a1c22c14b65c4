"""First aid: the page behind each answer of the first page. It needs no draft, sets no cookie and writes nothing.

It is requested by GET under a number that reveals nothing, and also answers while the form is closed. Its button begins
the draft. No answer of the first page counts as "safe": until the reporter is asked, safety weighs like "I'm not sure".
``FirstAid.key`` is the name or alias of the help text (``education.help``) that has the words and number of a trouble.
The tool of that text is left out: nobody has said yet whose picture it is, and how old they are (H27). So its guide is
what the page offers beside the number.
"""

from collections.abc import Iterator
from dataclasses import dataclass

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
    def is_own_life(self) -> bool:
        """Whether it is the page for a reporter who thinks of dying."""
        return self.safety == OWN_LIFE

    @property
    def outside_number(self) -> int:
        """The number under which pages outside the form link to it."""
        return self.number + FROM_OUTSIDE


LIFE = FirstAid(key="life", number=12, label=_("I want to die or hurt myself"), safety=OWN_LIFE)
DANGERS = (
    FirstAid(key="danger", number=11, label=_("Someone could hurt me right now"), safety="danger"),
    LIFE,
    FirstAid(key="other", number=13, label=_("Someone else is in danger"), safety="other_in_danger"),
)
TILES = (
    FirstAid(
        key="blackmail",
        number=14,
        label=_("Threatened with a photo"),
        topic="private-images",
    ),
    FirstAid(
        key="money",
        number=15,
        label=_("Money was sent"),
        topic="scams",
        asks_safety=True,
    ),
    FirstAid(
        key="hurt",
        number=16,
        label=_("Being hurt"),
        hint=_("anywhere"),
        topic="offline-harm",
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
