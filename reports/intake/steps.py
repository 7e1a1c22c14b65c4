"""The steps of a draft: which questions it asks before and after the last page, and the number of each."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..crypto.sealed_session import OpenSession
from ..questions import SAFETY, Part, Question, missing, sequence, uploads
from ..roles import has_outside_lead

SAFETY_STEP, SAFETY_PAGE, FIRST_QUESTION = 0, 1, 2  # the question about safety, the page that answers it


class ProgressStep(NamedTuple):
    """One step as a page lists it. ``state`` is "done", "now" or "next"."""

    title: Text
    state: str


class Progress(NamedTuple):
    """Where a page is in the form: step ``number`` of ``total``, counted from 1."""

    number: int
    total: int
    steps: list[ProgressStep]


class Steps:
    """The questions of one draft in order. The base of ``Draft``, which has the answers."""

    def __init__(self, session: OpenSession, answers: dict) -> None:
        self.session, self.answers = session, answers
        self._derived: tuple[dict | None, list[Question]] = None, []
        self._has_lead = has_outside_lead()  # read once, so that no question changes its number during a request

    @property
    def files_forbidden(self) -> bool:
        """Return whether a category that this draft ever had allows no files (H14)."""
        return self.session.data["files_forbidden"]

    @property
    def steps(self) -> list[Question]:
        """Return the questions, those of ``Part.MORE`` last. Question i has number i + 2, the safety page number 1."""
        return [question for question in self._sequence if self._is_asked(question)]

    @property
    def missing(self) -> list:
        """Return sentences that say why this draft cannot be sent yet; an empty list when it can."""
        return missing(self.answers, self._sequence)

    @property
    def check_number(self) -> int:
        """Return the number of the page that shows all answers."""
        return len(self.steps) + FIRST_QUESTION

    def question_at(self, number: int) -> Question | None:
        """Return the question of step ``number``, or None when there is none."""
        if number == 0:
            return SAFETY
        index = number - FIRST_QUESTION
        return self.steps[index] if 0 <= index < len(self.steps) else None

    def number_of(self, key: str) -> int | None:
        """Return the number of the step that asks ``key`` now, or None."""
        if key == SAFETY.key:
            return 0
        keys = [question.key for question in self.steps]
        return keys.index(key) + FIRST_QUESTION if key in keys else None

    def keys_before(self, number: int) -> set[str]:
        """Return the keys of the questions before step ``number``, answered or skipped."""
        return {question.key for question in self.steps[: max(0, number - FIRST_QUESTION)]}

    def number_after(self, question: Question, returning: bool = False) -> int:
        """Return the step after ``question``. People ``returning`` to the last page only see new questions."""
        if question.key == SAFETY.key:
            return self.next_new_number if self.answers.get(SAFETY.key) == "safe" else SAFETY_PAGE
        if question.key == "evidence_sexual_check" and (number := self.number_of("evidence")):
            return number
        first = self._first_part
        if returning or question.key not in first:
            return self.next_new_number
        ahead = first[first.index(question.key) + 1 :]
        return (self.number_of(ahead[0]) if ahead else None) or self.check_number

    @property
    def next_new_number(self) -> int:
        """Return the first question before the last page that is neither answered nor skipped; else the last page."""
        new = [key for key in self._first_part if key not in self.session.data["passed"]]
        return (self.number_of(new[0]) if new else None) or self.check_number

    def number_before(self, number: int, returning: bool = False) -> int:
        """Return the target of "Back" at step ``number``: the step before, or the last page when ``returning``."""
        question = self.question_at(number)
        if number == FIRST_QUESTION and not returning and self.answers.get(SAFETY.key, "safe") == "safe":
            return SAFETY_STEP  # safe people saw no page of help here
        return self.check_number if returning or question is None or question.part == Part.MORE else max(0, number - 1)

    def progress(self, number: int) -> Progress | None:
        """Return where step ``number`` is. The last page is the last step, and so is all that is added from there.

        None for the question about safety, which comes before the first step.
        """
        titles = [question.title for question in self.steps if question.part != Part.MORE] + [_("Check and send")]
        now = min(number - FIRST_QUESTION + 1, len(titles))
        states = ["done"] * (now - 1) + ["now"] + ["next"] * (len(titles) - now)
        return Progress(now, len(titles), list(map(ProgressStep, titles, states))) if now > 0 else None

    @property
    def last_number(self) -> int:
        """Return the number of the last question before the page with all answers."""
        return len(self._first_part) + 1

    @property
    def _sequence(self) -> list[Question]:
        """Return ``sequence(answers)``, cached until an answer changes; a page needs it up to 26 times."""
        if self._derived[0] != self.answers:
            self._derived = dict(self.answers), sequence(self.answers)
        return self._derived[1]

    @property
    def _first_part(self) -> list[str]:
        return [question.key for question in self.steps if question.part != Part.MORE]

    def _is_asked(self, question: Question) -> bool:
        if question.key in {"evidence", "evidence_sexual_check"}:
            return uploads(self.answers, self.files_forbidden) != "none"
        return question.key != "staff_conflict" or self._has_lead
