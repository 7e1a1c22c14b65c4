"""The declaration of a report category: what the form asks, what choosing it means, and which rules hold for it.

All code that depends on the chosen category reads a field of this class; no other module names a category. What editors
may change (name, description, group, order, topic, helplines) is in the table of ``models.Category``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from safetycenter.hints import Text

from .category_words import OtherWords
from .deciding import Decides
from .kinds import Answers, Question


class Picture(Enum):
    """Whether a private picture may be involved, and when the form asks about it."""

    NOT_ASKED = auto()
    ASKED_LATER = auto()
    ASKED_FIRST = auto()  # of what can be added, it comes early; ``decides`` says where it is asked before sending
    ALWAYS = auto()  # the category always involves one, so the form asks whose it is


class FirstAidPage(NamedTuple):
    """The page of first aid of a category whose help text no answer of the first page shows."""

    number: int  # it reveals nothing, and no other page of first aid has it
    label: Text  # as few words as name it, in the list and in guides
    topic: str = ""  # key of the topic whose guides link to it
    person: str = "me"  # whom its help text addresses
    own_picture: str = ""  # key of the category whose first aid fits a person who is in the picture


class Turn(NamedTuple):
    """The answer that makes a report one of another category, whatever was chosen."""

    question: str
    answer: str
    slug: str  # of that other category


@dataclass(frozen=True, kw_only=True)
class Category:
    """One category. A field that is not given has no effect."""

    slug: str
    # The questions of this category, in the order in which they can be added. First: who is within reach, whether it
    # goes on, whether a child is meant. More: what can wait until the reporter has the strength for it.
    first: tuple[Question, ...]
    more: tuple[Question, ...] = ()
    # Of all questions, those to ask before the report is sent, with who it is about, the age, the category and words.
    decides: Decides
    # The signals that the choice alone raises (reports/priority.py): 1, or 0.5 where likely until an answer says more.
    means: Mapping[str, float]
    words: OtherWords | None = None  # its name and description for other readers
    # The first of them where it is on a page without the others: its answer may settle what the others ask.
    asked_alone: Question | None = None
    turn: Turn | None = None  # what is asked of this category is asked in any case
    # "I'm not sure": applies while no category is chosen. It is offered first and last.
    is_default: bool = False

    # Who may see the case, and what may be added to it.
    restricted: bool = False  # only child safety sees it, at any age
    files_forbidden: bool = False  # no file is taken or opened, at any age (safety rules H14, K7)

    # What else the form asks.
    online: bool = True  # happens in an app or on a website: ask where, and whether it was reported there
    platform_first: bool = False  # of what can be added, ask early where it happened
    about_payment: bool = False  # ask early whether money was sent; offer the sheet for the bank (H16)
    about_life: bool = False  # somebody may take their life: ask as little as possible
    picture: Picture = Picture.NOT_ASKED
    assumes_child_picture: bool = False  # an unknown age counts as a child's, so the age in the picture can wait
    warns_about_picture: bool = False  # the hint at the words: "If there is a picture, don't describe it"
    found_pictures: bool = False  # pictures of an unknown child: the link is enough, nobody describes them (K10)
    relation_later_for_adults: bool = False  # other questions decide first when the person is an adult

    # Help before, during and after the form.
    first_aid: str = ""  # the answer of the first page that chooses this category (reports/intake/first_aid.py)
    aid: FirstAidPage | None = None  # its own page of first aid, which is reached from the list of them
    help_pages: tuple[str, ...] = ()  # names of templates in reports/intake/help/, shown once the category is chosen
    # Its help text is above the first of the questions that decide, instead of on a page before them.
    help_above: bool = False
    blackmail: bool = False  # help pages and the last page say how to answer a blackmailer
    legal_help_for_adults: bool = False  # help page with the law that protects adults
    life_help_after: bool = False  # the last page shows help for a life at risk first (H5)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions that belong to this category."""
        return self.first + self.more


DECLARED: dict[str, Category] = {}


def declare(*categories: Category) -> None:
    """Make ``categories`` known to the form. Raises ValueError if a slug is declared already."""
    for category in categories:
        if category.slug in DECLARED:
            raise ValueError(f"the category {category.slug} is declared twice")
        DECLARED[category.slug] = category
    default_category.cache_clear()


@cache
def default_category() -> Category:
    """Return the category that applies while none is chosen."""
    return next(category for category in DECLARED.values() if category.is_default)


def category_of(answers: Answers) -> Category:
    """Return the category of a report: the one that was chosen, unless an answer has turned it into another."""
    return DECLARED.get(turned(answers)) or chosen_category(answers)


def turned(answers: Answers) -> str:
    """Return the key of the category into which an answer has turned the chosen one; "" if none has."""
    turn = chosen_category(answers).turn
    return turn.slug if turn and answers.get(turn.question) == turn.answer else ""


def chosen_category(answers: Answers) -> Category:
    """Return the category that was chosen; the default one if none was, or if it is not declared."""
    return DECLARED.get(answers.get("category", "")) or default_category()


def category_behind(first_aid: str) -> Category | None:
    """Return the category that this answer of the first page, or its own page of first aid, chooses; None if none."""
    named = (category for category in DECLARED.values() if first_aid in {category.slug, category.first_aid} - {""})
    return next(named, None)
