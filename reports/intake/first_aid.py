"""First aid: the page behind each answer of the first page, and of each category. It needs no draft and writes nothing.

It is requested by GET under a number that reveals nothing, sets no cookie, and also answers while the form is closed.
Its button begins the draft. No page of first aid counts as "safe": until the reporter is asked, safety weighs like "I'm
not sure". The pages of categories are reached from a list of all first aid, and the form asks about safety next.
``FirstAid.key`` is the name or alias of the help text (``education.help``) that has the words and number of a trouble.
The tool of that text is left out. Nobody has said yet whose picture it is, and how old they were: so a page about a
picture offers both tools for one's own, each under a line that says whom it is for (H27).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..questions import TILE, Answers
from ..questions.category import DECLARED, Category, Picture, category_behind
from ..questions.core import OWN_LIFE

FROM_OUTSIDE = 20  # added to the number where another page links to it: then it begins with the answers of danger
PICTURE_TOOLS = ("take_it_down", "hash_adult")  # for a picture from before 18, and from 18 on
# Keys of topics about what may be happening now, whose guides fit several troubles: they link to the list of first aid.
SEVERAL = {"gender-violence", "harmful-content"}


@dataclass(frozen=True, kw_only=True)
class FirstAid:
    """What one page of first aid shows, and what it tells of the report."""

    key: str
    number: int
    label: Text
    hint: Text = ""
    safety: str = ""  # the answer about safety; the page is then the one that this answer has in the form
    topic: str = ""  # key of the topic whose guides link to it
    asks_safety: bool = False  # the form asks about safety next, because this help says nothing about danger
    person: str = "me"  # whom its help text addresses
    is_listed: bool = False  # it is reached from the list of first aid, not from the first page
    own_picture: str = ""  # key of the category whose first aid fits a person who is in the picture

    @property
    def answers(self) -> Answers:
        """The answers with which the draft begins."""
        if self.safety:
            return {"safety": self.safety}
        category = category_behind(self.key)
        return {TILE: self.key} | ({"category": category.slug} if category else {})

    @property
    def may_end_a_life(self) -> bool:
        """Whether the page also links help for people who think of dying (safety rule H5)."""
        category = category_behind(self.key)
        return category is not None and category.life_help_after

    @property
    def picture_tools(self) -> tuple[str, ...]:
        """The help texts of the tools for one's own picture, for either age."""
        category = category_behind(self.key)
        return PICTURE_TOOLS if self.person == "me" and category and category.picture is Picture.ALWAYS else ()

    @property
    def threatened(self) -> "FirstAid | None":
        """The first aid for who chose this and is threatened with a picture as well."""
        category = category_behind(self.key)
        return of_category(category.turn.slug) if category and category.turn else None

    @property
    def is_own_life(self) -> bool:
        """Whether it is the page for a reporter who thinks of dying."""
        return self.safety == OWN_LIFE

    @property
    def outside_number(self) -> int:
        """The number under which pages outside the form link to it."""
        return self.number + FROM_OUTSIDE


LIFE = FirstAid(key="life", number=12, label=_("I want to die or hurt myself"), safety=OWN_LIFE, topic="mental-health")
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
    for aid in every():
        if number in (aid.number, aid.outside_number):
            return aid, number == aid.outside_number
    return None


def of_topic(key: str) -> FirstAid | None:
    """Return the first aid to which guides of the topic with this key link, or None."""
    return next((aid for aid in every() if key and aid.topic == key), None)


def of_category(slug: str) -> FirstAid | None:
    """Return the first aid of the category with this key: its page, or that of an answer of the first page; else None.

    For a life at risk it is the page of that answer; for "I'm not sure", that of the same answer about danger.
    """
    category = DECLARED.get(slug)
    if category is None:
        return None
    if category.about_life:
        return LIFE
    if category.is_default:
        return UNSURE
    return _own(category) or next((tile for tile in TILES if tile.key == category.first_aid), None)


def every() -> Iterator[FirstAid]:
    """Return all first aid that there is, the answers of the first page first."""
    yield from (*DANGERS, *TILES, UNSURE)
    yield from (aid for category in DECLARED.values() if (aid := _own(category)))


def _own(category: Category) -> FirstAid | None:
    page = category.aid
    if page is None:
        return None
    return FirstAid(
        key=category.slug,
        number=page.number,
        label=page.label,
        topic=page.topic,
        asks_safety=True,
        person=page.person,
        is_listed=True,
        own_picture=page.own_picture,
    )
