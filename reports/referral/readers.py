"""What the facts of a package are read from, and how: readers of answers, in words and for programs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.hints import Text

from ..models.answers import displayed
from ..models.case import Case
from ..models.state import Degree
from ..priority import RULES
from ..questions import QUESTIONS, Question
from . import structured

TOLD, SEEN, CONFIRMED = Degree.TOLD, Degree.SEEN, Degree.CONFIRMED
CERTAINTY = {
    TOLD: gettext_lazy("told by the reporter, not checked"),
    SEEN: gettext_lazy("seen or recorded by staff"),
    CONFIRMED: gettext_lazy("confirmed by staff"),
}
WHY = {rule.name: rule.label for rule in RULES}
# The questions whose answers, chosen and not typed, describe the circumstances.
CIRCUMSTANCES = (
    "about",
    "relation",
    "knows_child",
    "still_contact",
    "still_going",
    "still_online",
    "meeting",
    "knows_place",
    "with_person_now",
    "exploitation_kind",
    "asked_for",
    "they_want",
    "threats_now",
    "threatened_with",
    "call_for_violence",
    "picture_minor",
    "real_or_ai",
    "reported_in_app",
)
WHEN = ("seen_when", "deadline", "time_and_place", "money_sent")


@dataclass(frozen=True)
class Source:
    """What a fact is read from: the case, its opened answers, and name, size and SHA-256 of its files.

    A file may say whether it ``is_known`` here: in another report that who prepares the package may see.
    """

    case: Case
    answers: Mapping[str, Any]
    files: tuple[Mapping[str, Any], ...] = ()
    sent: Mapping[str, Any] = field(default_factory=dict)  # the answers that were sent with the report
    others: structured.Others | None = None  # other reports here that name the same
    came_by_letter: bool = False  # staff entered it some day after it was written


Value = str | list[str]
Reader = Callable[[Source], Value]


@dataclass(frozen=True)
class Field:
    """One fact. ``read`` returns its value in the active language, or "" or [] if there is none."""

    key: str
    label: Text
    read: Reader
    certainty: str = TOLD
    ncmec: str = ""
    inhope: str = ""
    is_story: bool = False  # the reporter's own words, which may name other people
    question: str = ""  # its key; staff may have marked the answer as seen or confirmed
    data: Callable[[Source], Any] | None = None  # the same for a program: separate fields, moments with a zone, counts


def chosen(*keys: str) -> Reader:
    """Return a reader of the answers to these questions, each as "question: answer"."""

    def read(source: Source) -> list[str]:
        return [answer(source, QUESTIONS[key]) for key in keys if source.answers.get(key)]

    return read


def answer(source: Source, question: Question) -> str:
    text = f"{question.title}: {displayed(question, source.answers[question.key])}"
    degree = source.case.fact_degrees.get(question.key)
    return f"{text} ({CERTAINTY[degree]})" if degree else text


def typed(key: str) -> Reader:
    return lambda source: source.answers.get(key, "")


def why(source: Source) -> list[str]:
    return [str(WHY[name]) for name in source.case.tier_rules if name in WHY]


def choice(key: str) -> Reader:
    """Return a reader of the label of the choice that answers this question."""
    return lambda source: displayed(QUESTIONS[key], source.answers[key]) if source.answers.get(key) else ""


def hashes(source: Source) -> list[str]:
    return [f"SHA-256 {file['sha256']}, {file['size']} bytes{_known(file)}" for file in source.files]


def _known(file: Mapping[str, Any]) -> str:
    known = file.get("is_known")
    if known is None:
        return ""
    return "; " + (_("the same file is in another report here") if known else _("in no other report here"))


def hash_data(source: Source) -> list[dict]:
    """Return SHA-256, size, and whether another report here has the file; None if that was not compared."""
    return [
        {"sha256": file["sha256"], "bytes": file["size"], "known_here": file.get("is_known")} for file in source.files
    ]


def others_in_words(source: Source) -> str:
    """Return how many other reports here name the same, and over what time; "" if that was not looked up."""
    if (others := source.others) is None:
        return ""
    span = {"count": others.count, "first": structured.moment(others.first), "last": structured.moment(others.last)}
    if others.is_at_least:
        return _("at least %(count)d; those counted, with this one, from %(first)s to %(last)s") % span
    return _("%(count)d; with this one from %(first)s to %(last)s") % span if others.count else _("none")


def incident_data(source: Source) -> list[dict[str, str]]:
    """Return the computed times; none for a letter, because its "today" is not the day on which it was entered."""
    return [] if source.came_by_letter else structured.incident(source.sent, source.case.received_at)


def confirmation(source: Source) -> str:
    confirmed_at = source.case.child_confirmed_at
    return _("a child sexual matter, %(day)s") % {"day": structured.moment(confirmed_at)} if confirmed_at else ""


def wish(source: Source) -> str:
    return _("yes") if "agency" in source.answers.get("help_wanted", ()) else _("not said")
