"""Help inside the form: pages that are shown once, right after the answer that makes them relevant.

A page counts as shown when it was left by one of its buttons; what is stored of it is its mark (``mark_of``).

Each row of HELP_PAGES has a name (its template under ``reports/intake/help/``) and a test on the answers so far and on
the keys of the questions that were passed, answered or skipped. A category may also name pages that only it shows.
The words of a page are a help text of the other app: ``text_of`` names it by its matter and the person it addresses.
"""

from collections.abc import Collection
from typing import Any

from .. import priority
from ..questions import SAFETY, TILE
from ..questions.category import Picture, category_behind, category_of
from ..questions.core import about_myself, said_own_life_at_risk
from ..questions.pictures import (
    asks_age_in_picture,
    asks_whose_picture,
    is_assumed_childs_picture,
    is_own_picture,
    is_picture_reported,
)
from ..questions.wording import EASY
from .first_aid import PICTURE_TOOLS, UNSURE
from .risk_in_words import OF_ANOTHER

CARERS = {"my_child", "my_student"}
PERSONS = {
    "my_child": "child",
    "my_student": "pupil",
    "friend": "friend",
    "stranger": "stranger",
    "public_post": "stranger",
}
CATEGORY = "category"  # the key of the question
CATEGORY_PAGE = "category"  # the page that shows the text of the category, before the report is sent
PICTURE_PAGES = {"own_image_minor", "own_image_adult", "picture_of_another"}
# Pages that are only shown to one person, whatever was chosen before.
IN_WORDS = ("life", "threatened")  # pages that words may call for when the report is already on its way
FOR_THE_PERSON = {"life": "me", "alone": "me", "own_image_minor": "me", "own_image_adult": "me", "own_doing": "did_it"}


def mark_of(name: str, answers: dict) -> str:
    """Return how the page ``name`` is stored once it was shown: that of a category with the category (K1)."""
    return f"{name}:{category_of(answers).slug}" if name == CATEGORY_PAGE else name


def page_of(mark: str) -> str:
    """Return the name of the page with this mark."""
    return mark.partition(":")[0]


def due(answers: dict, passed: set[str], shown: list[str]) -> str | None:
    """Return the mark of the next help page that is relevant and was not shown yet, or None."""
    return next(iter(all_due(answers, passed, shown)), None)


def all_due(answers: dict, passed: set[str], shown: list[str]) -> list[str]:
    """Return the marks of all help pages that are relevant and were not shown yet, in order.

    A page of the category that is in no row of HELP_PAGES comes after them.
    """
    of_category = category_of(answers).help_pages if answers.get(CATEGORY) else ()
    if is_told_elsewhere(answers):
        of_category = tuple(name for name in of_category if name != CATEGORY_PAGE)
    called = [name for name, calls in HELP_PAGES if name in of_category or calls(answers, passed)]
    return [mark for name in (*called, *of_category) if (mark := mark_of(name, answers)) not in shown]


def is_told_elsewhere(answers: dict) -> bool:
    """Return whether first aid has shown the text of the category, or the page about something they did replaces it."""
    category = category_of(answers)
    did_it = answers.get("about") == "my_own_doing" and category.picture is Picture.ALWAYS
    # First aid speaks to the person it happened to: all others have not read their own text yet. The page of "I'm not
    # sure" about safety says what the text of that category says, but has no easier words.
    was_unsure = category.is_default and answers.get(SAFETY.key) == UNSURE.safety and EASY not in answers
    return did_it or (person(answers) == "me" and (was_unsure or category_behind(answers.get(TILE, "")) is category))


def addressee(answers: dict) -> str:
    """Return whom a help page addresses: "me" (it happened to them), "did_it", a "carer" of a child, or an "other"."""
    about = answers.get("about")
    if about == "my_own_doing":
        return "me" if is_own_picture(answers) else "did_it"
    return "carer" if about in CARERS else "me" if about == "me" else "other"


def person(answers: dict) -> str:
    """Return whom a help text addresses, as the other app names persons (``education.models.HelpBlock.Person``)."""
    if answers.get("about") == "my_own_doing":
        return "me" if is_own_picture(answers) else "did_it"
    return PERSONS.get(answers.get("about", ""), "me")


def text_of(name: str, answers: dict) -> dict[str, Any]:
    """Return the ``matter`` (a block) and the ``person`` of the help text that the page ``name`` shows.

    ``reader_age`` is the age of the reader, by which the text chooses its guide: "minor", "adult", or "" if not known.
    ``picture_tools`` are the texts of the tools for one's own picture, offered before it is known whose it is (H27).
    """
    category = category_of(answers)
    if name in PICTURE_PAGES:
        block = "blackmail" if category.blackmail else "private_picture"
    else:
        block = category.slug if name == CATEGORY_PAGE else name
    facts = {"reader_age": reader_age(answers), "picture_tools": _picture_tools(name, answers)}
    return {"matter": block, "person": _person_on(name, answers), **facts}


def _picture_tools(name: str, answers: dict) -> tuple[str, ...]:
    """Return the tools that first aid names too; who is under 18 now was so in the picture."""
    category = category_of(answers)
    is_asked = category.picture is Picture.ALWAYS and not category.found_pictures
    if name != CATEGORY_PAGE or person(answers) != "me" or not is_asked:
        return ()
    return PICTURE_TOOLS[:1] if reader_age(answers) == "minor" else PICTURE_TOOLS


def reader_age(answers: dict) -> str:
    """Return "minor" or "adult" if the reporter gave their own age; "" if the age is another person's, or unknown."""
    if answers.get("about") not in {"me", "my_own_doing"} or priority.age_band(answers) == "unknown":
        return ""
    return "minor" if priority.is_minor(answers) else "adult"


def _person_on(name: str, answers: dict) -> str:
    if name in FOR_THE_PERSON:
        return FOR_THE_PERSON[name]
    if name == "link_only" and person(answers) == "me":
        return "stranger"  # shown for pictures of somebody else only
    if name == "friend" and person(answers) in {"me", "did_it"}:
        return "stranger" if answers.get("whose_life") == "post" else "friend"
    return person(answers)


def was_a_minor(answers: dict) -> bool:
    """Return whether the person is, or was in the picture, under 18. An age that was skipped counts as a child's."""
    return priority.is_minor(answers) or answers.get("picture_minor") in {"yes", "unknown"}


def money_is_moving(answers: dict) -> bool:
    """Return whether money has gone to the person who cheats or threatens."""
    return answers.get("money_sent", "").startswith("yes") or "money" in answers.get("already_sent", [])


def own_life_was_named(answers: dict) -> bool:
    """Return whether the reporter said that they may hurt themselves, as an answer or anywhere in their words."""
    return said_own_life_at_risk(answers) or "risk" in answers


def another_life(answers: dict) -> str:
    """Return whom the text about somebody else's life addresses; "" unless the words may mean somebody else."""
    if "risk" not in answers or said_own_life_at_risk(answers) or answers.get("whose_life") == "me":
        return ""
    is_another = answers.get("about") in PERSONS or answers.get("whose_life") in {"friend", "post"}
    return _person_on("friend", answers) if is_another else ""


def is_anothers_first(answers: dict) -> bool:
    """Return whether help for somebody else's life comes before help for the reporter's own; both are shown.

    It does where the words are certainly about another person ("my child says: I want to die"). Who saw a post or a
    stranger in a report about something else rarely writes of that person's life, so the own help comes first.
    """
    seen = person(answers) == "stranger" and not category_of(answers).about_life
    return bool(another_life(answers)) and not seen and answers["risk"] == OF_ANOTHER


def is_about_myself(answers: dict) -> bool:
    """Return whether the reporter is the person whose life is at risk."""
    if own_life_was_named(answers) and not another_life(answers):
        return True
    return answers.get("about") in {"me", "my_own_doing"} and answers.get("whose_life", "me") in {"me", "unknown"}


def _own_life_at_risk(answers: dict, passed: Collection[str]) -> bool:
    theirs = category_of(answers).about_life and "whose_life" in passed and answers.get("whose_life", "me") == "me"
    return "risk" in answers or (theirs and not said_own_life_at_risk(answers))


def _alone_with_it(answers: dict, passed: Collection[str]) -> bool:
    """Return whether the person is alone with nobody who could come: show the numbers again before other questions."""
    nobody = answers.get("someone_near") in {"no", "unknown"}
    return is_about_myself(answers) and answers.get("alone") in {"yes", "unknown"} and nobody


def _a_friends_life_at_risk(answers: dict, passed: Collection[str]) -> bool:
    return category_of(answers).about_life and answers.get("whose_life") in {"friend", "post"}


def _age_is_settled(answers: dict, passed: Collection[str]) -> bool:
    """Return whether both ages were asked, now and in the picture, so that only the right removal tool is shown."""
    settled = is_assumed_childs_picture(answers) or not asks_age_in_picture(answers)
    return "age" in passed and ("picture_minor" in passed or settled)


def _own_image_of_a_minor(answers: dict, passed: Collection[str]) -> bool:
    return is_own_picture(answers) and _age_is_settled(answers, passed) and was_a_minor(answers)


def _own_image_of_an_adult(answers: dict, passed: Collection[str]) -> bool:
    adult = answers.get("age") == "adult" and not was_a_minor(answers)
    return is_own_picture(answers) and _age_is_settled(answers, passed) and adult


def _picture_of_another(answers: dict, passed: Collection[str]) -> bool:
    """Return whether help without the picture fits: for blackmailed people and helpers, not for who passed it on."""
    asked = "age" in passed and ("whose_picture" in passed or not asks_whose_picture(answers))
    category = category_of(answers)
    fits = is_picture_reported(answers) and not category.found_pictures and addressee(answers) != "did_it"
    there_is_one = answers.get("whose_picture") != "none" or category.blackmail
    return asked and fits and there_is_one and not is_own_picture(answers)


def _seen_a_picture_of_a_child(answers: dict, passed: Collection[str]) -> bool:
    is_settled = "whose_picture" in passed or not about_myself(answers)  # only they are asked whose it is (K10)
    category = category_of(answers)
    seen = category.found_pictures and is_settled
    # First aid for a picture that somebody found has the same text and number.
    is_told = category.aid and answers.get(TILE) == category.slug and _person_on("link_only", answers) == "stranger"
    return seen and not is_told and addressee(answers) != "did_it" and not is_own_picture(answers)


def _meeting_is_planned(answers: dict, passed: Collection[str]) -> bool:
    return answers.get("meeting") in {"soon", "later"} or "meeting" in answers.get("they_want", [])


def _watched_by_phone(answers: dict, passed: Collection[str]) -> bool:
    return answers.get("tracker") in {"yes", "unknown"} or answers.get("knows_place") == "yes"


def _adult_harassed(answers: dict, passed: Collection[str]) -> bool:
    done_to_them = answers.get("about") != "my_own_doing"
    return done_to_them and category_of(answers).legal_help_for_adults and answers.get("age") == "adult"


def _hurt_by_someone_close(answers: dict, passed: Collection[str]) -> bool:
    return answers.get("relation") in {"lives_with", "guards"}


def _money_not_told_yet(answers: dict, passed: Collection[str]) -> bool:
    """Return whether money has gone, except where first aid for money, which speaks to "me", began the report."""
    return money_is_moving(answers) and not (answers.get(TILE) == "money" and person(answers) == "me")


def _threatened_in_words(answers: dict, passed: Collection[str]) -> bool:
    """Return whether the words name a death threat while the safety answer has not shown help yet."""
    shown = answers.get("safety") in {"danger", "other_in_danger"}
    return "threat_to_kill" in answers.get("in_words", []) and not shown


HELP_PAGES = (
    ("life", _own_life_at_risk),
    ("alone", _alone_with_it),
    ("friend", _a_friends_life_at_risk),
    ("threatened", _threatened_in_words),
    ("own_doing", lambda answers, passed: answers.get("about") == "my_own_doing"),
    ("money", _money_not_told_yet),
    ("link_only", _seen_a_picture_of_a_child),
    ("own_image_minor", _own_image_of_a_minor),
    ("own_image_adult", _own_image_of_an_adult),
    ("picture_of_another", _picture_of_another),
    ("meeting", _meeting_is_planned),
    ("tracked", _watched_by_phone),
    ("extremism", lambda answers, passed: answers.get("call_for_violence") in {"place_or_time", "yes"}),
    ("loan", lambda answers, passed: answers.get("loan_collector") in {"threatens", "calls"}),
    ("legal", _adult_harassed),
    ("at_home", _hurt_by_someone_close),
    ("no_picture", lambda answers, passed: answers.get("evidence_sexual_check") in {"yes", "unsure"}),
)
