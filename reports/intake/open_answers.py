"""What pages show in no fold, so that a slip is seen: whom the report is about, and what one press said.

A choice is one press, and a thumb may hit its neighbour. Who and age are always open: they decide which protection a
child gets. Another answer is open where a different choice would have made the report more urgent, restricted it,
forbidden files, or kept it from the desk; the category only where another would be more urgent.
"""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..priority import is_restricted, tier
from ..questions import SAFETY, STAFF_CONFLICT, Answers, Question, uploads
from ..questions.category import DECLARED
from ..questions.core import ABOUT, AGE, about_myself
from .draft import Draft

PERSONS = {
    "me": _("About me"),
    "my_child": _("About my child"),
    "my_student": _("About my student"),
    "friend": _("About someone I know"),
    "stranger": _("About someone I don't know"),
    "public_post": _("About a public post"),
    "my_own_doing": _("About something I did"),
}
AGES = {
    "under_13": _("under 13"),
    "13_15": _("13–15 years old"),
    "16_17": _("16–17 years old"),
    "adult": _("18+ years old"),
}


def who_and_age(answers: Answers) -> str:
    """Return in one line whom the report is about and how old that person is; empty if nobody has said it."""
    about = PERSONS.get(answers.get(ABOUT.key, ""))
    if not about:
        return ""
    not_known = gettext("age not told") if about_myself(answers) else gettext("age unknown")
    age = AGES.get(answers.get(AGE.key, ""), not_known)
    return f"{about}, {age}."


def known_age(answers: Answers) -> str:
    """Return the age in words for the pages after that of the age; empty if it is not known."""
    return str(AGES.get(answers.get(AGE.key, ""), ""))


def by_one_press(draft: Draft) -> list[str]:
    """Return the keys of the answers, beside who and age, that one press gave and that the page shows openly."""
    pressed = [SAFETY] if SAFETY.key in draft.answers else []
    pressed += draft.answered_by_one_press
    return [question.key for question in pressed if any(_is_safer(question, draft, key) for key in _others(question))]


def _others(question: Question) -> Iterator[str]:
    yield from DECLARED if question.kind == "category" else (choice.key for choice in question.choices)


def _is_safer(question: Question, draft: Draft, choice: str) -> bool:
    """Return whether ``choice`` would have protected the person more than the answer that was given."""
    given, other = draft.answers, draft.answers | {question.key: choice}
    if tier(other) < tier(given):
        return True
    if question.kind == "category":
        return False  # the next page has named it, and what is most urgent is read within the hour
    if question.key == STAFF_CONFLICT.key:
        return choice == "yes" != given[question.key]
    forbidden = draft.files_forbidden
    is_for_all, allowed = not is_restricted(given), uploads(given, forbidden) != "none"
    return (is_for_all and is_restricted(other)) or (allowed and uploads(other, forbidden) == "none")
