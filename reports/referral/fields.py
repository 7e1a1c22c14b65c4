"""The table of the facts that may be passed on to an agency. What is not in it never leaves.

Each fact says how certain it is: *told* by the reporter, *seen* by the desk, or *confirmed* by child safety (H23). No
picture and no file is ever passed on, only the SHA-256 of a file.

``ncmec`` and ``inhope`` name the elements of NCMEC's CyberTipline and INHOPE's ICCAM for a fact: compare them with the
current documentation before a connector is written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.hints import Text

from ..models.answers import displayed
from ..models.case import Case
from ..models.state import Degree
from ..priority import RULES
from ..questions import QUESTIONS, Question

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
    """What a fact is read from: the case, its opened answers, and name, size and SHA-256 of its files."""

    case: Case
    answers: Mapping[str, Any]
    files: tuple[Mapping[str, Any], ...] = ()


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


def _moment(value: datetime) -> str:
    return localtime(value).isoformat(timespec="minutes")  # with its zone, for readers and programs alike


def _chosen(*keys: str) -> Reader:
    """Return a reader of the answers to these questions, each as "question: answer"."""

    def read(source: Source) -> list[str]:
        return [_answer(source, QUESTIONS[key]) for key in keys if source.answers.get(key)]

    return read


def _answer(source: Source, question: Question) -> str:
    text = f"{question.title}: {displayed(question, source.answers[question.key])}"
    degree = source.case.fact_degrees.get(question.key)
    return f"{text} ({CERTAINTY[degree]})" if degree else text


def _typed(key: str) -> Reader:
    return lambda source: source.answers.get(key, "")


def _why(source: Source) -> list[str]:
    return [str(WHY[name]) for name in source.case.tier_rules if name in WHY]


def _choice(key: str) -> Reader:
    """Return a reader of the label of the choice that answers this question."""
    return lambda source: displayed(QUESTIONS[key], source.answers[key]) if source.answers.get(key) else ""


def _hashes(source: Source) -> list[str]:
    return [f"SHA-256 {file['sha256']}, {file['size']} bytes" for file in source.files]


def _confirmation(source: Source) -> str:
    confirmed_at = source.case.child_confirmed_at
    return _("a child sexual matter, %(day)s") % {"day": _moment(confirmed_at)} if confirmed_at else ""


def _wish(source: Source) -> str:
    return _("yes") if "agency" in source.answers.get("help_wanted", ()) else _("not said")


REFERABLE = {
    field.key: field
    for field in (
        Field(
            "reference",
            gettext_lazy("Report number here"),
            lambda source: source.case.display_reference,
            SEEN,
            inhope="HotlineReferenceID",
        ),
        Field(
            "received",
            gettext_lazy("Report received"),
            lambda source: _moment(source.case.received_at),
            SEEN,
            inhope="ReceivedDate",
        ),
        Field(
            "category",
            gettext_lazy("Kind of report"),
            lambda source: str(source.case.category),
            ncmec="incidentSummary.incidentType",
            inhope="ClassificationType",
        ),
        Field(
            "urgency",
            gettext_lazy("Why it is urgent"),
            _why,
            ncmec="incidentSummary.escalateToHighPriority",
            inhope="Priority",
        ),
        Field(
            "incident_time",
            gettext_lazy("When it happened, or a deadline"),
            _chosen(*WHEN),
            ncmec="incidentSummary.incidentDateTime",
        ),
        Field(
            "age",
            gettext_lazy("Age of the person affected"),
            lambda source: source.case.get_age_band_display(),
            ncmec="victim.person.age",
            inhope="AgeGroup",
            question="age",
        ),
        Field(
            "platform",
            gettext_lazy("Where it happened"),
            _choice("platform"),
            ncmec="internetDetails",
            inhope="WebsiteName",
            question="platform",
        ),
        Field(
            "account_or_link",
            gettext_lazy("Accounts and links"),
            _typed("account_or_link"),
            ncmec="internetDetails.webPageIncident.url, personOrUserReported.screenName",
            inhope="Url",
            question="account_or_link",
        ),
        Field(
            "circumstances",
            gettext_lazy("Circumstances"),
            _chosen(*CIRCUMSTANCES),
            ncmec="additionalInfo",
            inhope="Memo",
        ),
        Field("province", gettext_lazy("Province"), _choice("province"), ncmec="victim.person.address.state"),
        Field(
            "words",
            gettext_lazy("The reporter's own words"),
            _typed("words"),
            ncmec="additionalInfo",
            inhope="Memo",
            is_story=True,
            question="words",
        ),
        Field("receiver", gettext_lazy("Where the money went"), _typed("receiver"), ncmec="additionalInfo"),
        Field(
            "language",
            gettext_lazy("Language of the reporter"),
            lambda source: source.case.get_language_display(),
            SEEN,
        ),
        Field(
            "file_hashes",
            gettext_lazy("Fingerprints of files (never the files)"),
            _hashes,
            SEEN,
            ncmec="fileDetails.originalFileHash",
            inhope="FileHash",
        ),
        Field("confirmation", gettext_lazy("Confirmed here"), _confirmation, CONFIRMED, ncmec="additionalInfo"),
        Field("wish", gettext_lazy("The reporter asked for an agency"), _wish, ncmec="reporter"),
    )
}


def choices() -> list[tuple[str, Text]]:
    """Return key and label of every fact, in the order of the table, for forms."""
    return [(field.key, field.label) for field in REFERABLE.values()]


def facts(source: Source, keys: list[str], languages: list[str]) -> list[dict]:
    """Return the chosen facts that have a value, in the order of the table, with label and value in each language."""
    return [fact for field in REFERABLE.values() if field.key in keys and (fact := _fact(field, source, languages))]


def _fact(field: Field, source: Source, languages: list[str]) -> dict | None:
    label, value, certainty = {}, {}, {}
    degree = source.case.fact_degrees.get(field.question, field.certainty)
    for language in languages:
        with translation.override(language):
            label[language], value[language] = str(field.label), field.read(source)
            certainty[language] = str(CERTAINTY[degree])
    if not any(value.values()):
        return None
    return {"key": field.key, "label": label, "value": value, "certainty": str(degree), "in_words": certainty}
