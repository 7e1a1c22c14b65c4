"""The declaration types of questions. The form, the desk and the priority are all derived from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

Answers = Mapping[str, Any]  # question key → one choice key, a list of choice keys, or words
Test = Callable[[Answers], bool]
Words = Text


class Part(IntEnum):
    """When a question is asked: before the report is sent, or when the reporter wants to add more, before or after."""

    FIRST = 1
    MORE = 2


ERRORS = {
    "one": _("Choose one of the answers, or skip this question."),
    "many": _("Choose from these answers, or skip this question."),
    "text": _("This is too long. A few words are enough."),
    "long": _("This is too long. The most important sentence is enough."),
    "evidence": _("This could not be added. You can go on without it."),
    "reference": _(
        "This is not a report number. A report number has eight letters and digits, like K7QF-2M9X. You can skip this."
    ),
    "province": _("Choose a province from the list, or skip this question."),
    "category": _("Choose what fits best. “I'm not sure” is a good answer too."),
}


def always(answers: Answers) -> bool:
    """Return True: a test for questions that everybody is asked."""
    return True


def never(answers: Answers) -> bool:
    """Return False: a test that holds for nobody."""
    return False


def chose(key: str, *values: str) -> Test:
    """Return a test: question ``key`` was answered with one of ``values`` (alone or among others)."""

    def test(answers: Answers) -> bool:
        answer = answers.get(key)
        return any(value in values for value in (answer if isinstance(answer, list) else [answer]))

    return test


def not_chose(key: str, *values: str) -> Test:
    """Return the opposite of ``chose``; also true while the question is unanswered."""
    test = chose(key, *values)
    return lambda answers: not test(answers)


@dataclass(frozen=True)
class Choice:
    """One answer. ``means`` are the signals it raises; ``unsure`` answers raise them by half."""

    key: str
    label: Words
    hint: Words = ""
    means: tuple[str, ...] = ()
    unsure: bool = False


WORDED = ("heading", "title", "hint", "why")


@dataclass(frozen=True)
class Variant:
    """Another wording of a question, used when ``when`` holds; None fields stay as they are."""

    when: Test
    heading: Words | None = None
    title: Words | None = None
    hint: Words | None = None
    why: Words | None = None


@dataclass(frozen=True)
class Question:
    """One question. ``title`` is its short name in the list of answers; ``why`` says why we ask.

    ``is_story`` marks questions of which one answer is enough to send a report (safety rule K10). ``later`` says when
    a question that can be added comes after the other ones. Staff read ``desk_title`` instead.
    """

    key: str
    heading: Words
    title: Words
    kind: str = "one"  # one · many · province · text · long · evidence · category · reference
    choices: tuple[Choice, ...] = ()
    hint: Words = ""
    why: Words = ""
    error: Words | None = None
    required: bool = False
    when: Test = always
    later: Test = never
    max_length: int | None = None
    variants: tuple[Variant, ...] = ()
    is_story: bool = False
    desk_title: Words = ""
    part: Part = Part.FIRST  # set by ``sequence``
    # This question in each form in which it was asked, by variant, part and required: making one takes long.
    _versions: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.error is None:  # "if not self.error" would translate it while apps are loading
            object.__setattr__(self, "error", ERRORS[self.kind])

    def worded_for(self, answers: Answers) -> "Question":
        """Return the question in the wording that fits these answers."""
        return self.version(self.variant_for(answers), self.part, self.required)

    def variant_for(self, answers: Answers) -> int | None:
        """Return the number of the wording that fits these answers; None for the words of the question itself."""
        return next((number for number, variant in enumerate(self.variants) if variant.when(answers)), None)

    def version(self, variant: int | None, part: Part, required: bool) -> "Question":
        """Return the question in the wording ``variant``, of this part. Each is made once: it depends on no answer."""
        key = variant, part, required
        if key not in self._versions:
            words = {} if variant is None else {name: getattr(self.variants[variant], name) for name in WORDED}
            changed = {name: text for name, text in words.items() if text is not None}
            self._versions[key] = replace(self, **changed, part=part, required=required)
        return self._versions[key]


def unknown(*means: str) -> Choice:
    """Return the answer "I don't know", which counts half of ``means``."""
    return Choice("unknown", _("I don't know"), means=means, unsure=True)


def yes_no(means: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    """Return the answers yes, no, and "I don't know", which counts half of what yes means."""
    return Choice("yes", _("Yes"), means=means), Choice("no", _("No"), means=no), unknown(*means)
