"""The pages of a draft: which questions each asks before the report is sent, what can be added, and their numbers."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..crypto.sealed_session import OpenSession
from ..questions import SAFETY, Part, Question, missing, sequence, uploads
from ..questions.category import category_of, chosen_category
from ..questions.closing import told_in_words
from ..questions.core import ABOUT, AGE, CATEGORY
from ..roles import has_outside_lead
from . import help_pages

SAFETY_STEP, SAFETY_PAGE, FIRST_QUESTION = 0, 1, 2  # the question about safety, the page that answers it
WHO = (ABOUT.key, AGE.key)  # one choice answers both
ONE_PRESS = {"one", "category"}  # kinds of questions whose choices send the page, where it asks nothing else

Page = tuple[Question, ...]


class ProgressStep(NamedTuple):
    """One step as a page lists it. ``state`` is "done", "now" or "next"."""

    title: Text
    state: str


class Progress(NamedTuple):
    """Where a page is in the form: step ``number`` of ``total``, counted from 1."""

    number: int
    total: int
    steps: list[ProgressStep]


class Plan(NamedTuple):
    """What follows from the answers, computed once for each state of them: which questions are asked, and where."""

    answers: dict  # a copy of those that it follows from
    files_forbidden: bool
    sequence: list[Question]  # of these answers, in order
    steps: list[Question]  # those of them that this draft asks
    first_pages: list[Page]  # the pages that everybody passes
    pages: list[Page]  # all before the last one
    numbers: dict[str, int]  # of the page that asks each question


class Steps:
    """The questions of one draft in order. The base of ``Draft``, which has the answers."""

    def __init__(self, session: OpenSession, answers: dict) -> None:
        self.session, self.answers = session, answers
        self._known_plan: Plan | None = None
        self._has_lead = has_outside_lead()  # read once, so that no question changes its number during a request

    @property
    def files_forbidden(self) -> bool:
        """Return whether a category that this draft ever had allows no files (H14)."""
        return self.session.data["files_forbidden"]

    @property
    def steps(self) -> list[Question]:
        """Return the questions, those of ``Part.MORE`` last."""
        return self._plan.steps

    @property
    def pages(self) -> list[Page]:
        """Return the questions of each page before the last one. Page i has number i + 2, the safety page number 1.

        What can be added has a page for each question; the pages before it are all that is asked.
        """
        return self._plan.pages

    @property
    def ending(self) -> Question:
        """Return the question of the last page: the reporter's own words, or the link where it is all there is."""
        key = told_in_words(self.answers)
        return next(question for question in self._sequence if question.key == key)

    @property
    def choice_instead(self) -> Question | None:
        """Return the question whose answer is enough to send the report without words; None if there is none left."""
        open_ones = [question for question in self.steps if question.choices and question.key not in self.answers]
        return next((question for question in open_ones if question.is_story), None)

    @property
    def missing(self) -> list:
        """Return sentences that say why this draft cannot be sent yet; an empty list when it can."""
        return missing(self.answers, self._sequence)

    @property
    def check_number(self) -> int:
        """Return the number of the last page, which shows all answers, asks for words and sends the report."""
        return len(self.pages) + FIRST_QUESTION

    def questions_at(self, number: int) -> Page:
        """Return the questions that the page ``number`` asks; empty when there is no such page."""
        if number == SAFETY_STEP:
            return (SAFETY.worded_for(self.answers),)
        if number == self.check_number:
            return (self.ending,)
        index, pages = number - FIRST_QUESTION, self.pages
        return pages[index] if 0 <= index < len(pages) else ()

    def question_of(self, key: str) -> Question | None:
        """Return the question ``key`` if it is asked now, or None."""
        return next((question for question in (SAFETY, *self.steps) if question.key == key), None)

    def number_of(self, key: str) -> int | None:
        """Return the number of the page that asks ``key`` now, or None."""
        if key == SAFETY.key:
            return SAFETY_STEP
        number = self._plan.numbers.get(key)
        return self.check_number if number is None and key == self.ending.key else number

    def keys_before(self, number: int) -> set[str]:
        """Return the keys of all answers, and of the questions asked before page ``number``, answered or skipped.

        What could be added and was not does not count.
        """
        pages = self._first_pages[: max(0, number - FIRST_QUESTION)]
        return {question.key for page in pages for question in page} | self.answers.keys()

    def number_after(self, question: Question, returning: bool = False) -> int:
        """Return the page after ``question``. People ``returning`` to the last page only see new questions."""
        if question.key == SAFETY.key:
            return self.next_new_number if self.answers.get(SAFETY.key) == "safe" else SAFETY_PAGE
        if question.key == "evidence_sexual_check" and (number := self.number_of("evidence")):
            return number
        number = self.number_of(question.key)
        if returning or number is None or number > self.last_number:
            return self.next_new_number
        return number + 1 if number < self.last_number else self.check_number

    @property
    def next_new_number(self) -> int:
        """Return the first page before the last one with a question neither answered nor passed; else the last page."""
        passed = self.session.data["passed"]
        for index, page in enumerate(self._first_pages):
            if not {question.key for question in page} <= set(passed):
                return index + FIRST_QUESTION
        return self.check_number

    def number_before(self, number: int, returning: bool = False) -> int:
        """Return the target of "Back" at page ``number``: the page before, or the last page when ``returning``."""
        if number == self.check_number:
            return self.last_number
        if returning or number > self.last_number:
            return self.check_number
        if number == FIRST_QUESTION and self.answers.get(SAFETY.key, "safe") == "safe":
            return SAFETY_STEP  # safe people saw no page of help here
        return max(0, number - 1)

    def progress(self, number: int) -> Progress | None:
        """Return where page ``number`` is. All that is added belongs to the page that sends; the code comes last.

        None for the question about safety, which comes before the first page.
        """
        titles = [_title(page) for page in self._first_pages] + [_("One sentence, then send"), _("Your code")]
        now = min(number - FIRST_QUESTION + 1, len(titles) - 1)
        states = ["done"] * (now - 1) + ["now"] + ["next"] * (len(titles) - now)
        return Progress(now, len(titles), list(map(ProgressStep, titles, states))) if now > 0 else None

    @property
    def last_number(self) -> int:
        """Return the number of the last page before the one that sends."""
        return len(self._first_pages) + FIRST_QUESTION - 1

    @property
    def answered_by_one_press(self) -> list[Question]:
        """Return the answered questions that have a page for themselves before the last one: its choices send it."""
        alone = [page[0] for page in self._first_pages if len(page) == 1]
        return [question for question in alone if question.kind in ONE_PRESS and question.key in self.answers]

    @property
    def _sequence(self) -> list[Question]:
        return self._plan.sequence

    @property
    def _first_pages(self) -> list[Page]:
        return self._plan.first_pages

    @property
    def _plan(self) -> Plan:
        """Return what follows from the answers, computed when one has changed; a page needs it up to 40 times."""
        known = self._known_plan
        if known is None or known.answers != self.answers or known.files_forbidden != self.files_forbidden:
            known = self._known_plan = self._make_plan()
        return known

    def _make_plan(self) -> Plan:
        known = self._known_plan
        asked = known.sequence if known and known.answers == self.answers else sequence(self.answers)
        steps = [question for question in asked if self._is_asked(question)]
        first = self._in_first_pages(steps)
        pages = [*first, *((question,) for question in steps if question.part == Part.MORE)]
        numbers = {question.key: FIRST_QUESTION + index for index, page in enumerate(pages) for question in page}
        return Plan(dict(self.answers), self.files_forbidden, asked, steps, first, pages, numbers)

    def _in_first_pages(self, steps: list[Question]) -> list[Page]:
        """Return the pages that everybody passes: who and age, what it is about, and all questions that decide."""
        ending = told_in_words(self.answers)
        asked = [question for question in steps if question.part == Part.FIRST and question.key != ending]
        who = [question for question in asked if question.key in WHO]
        category = [question for question in asked if question.key == CATEGORY.key]
        categories = (chosen_category(self.answers), category_of(self.answers))
        order = [question.key for each in categories for question in each.decides(self.answers)]
        deciding = [question for question in asked if question not in who + category]
        deciding.sort(key=lambda question: order.index(question.key) if question.key in order else len(order))
        first = self._asked_before_others(deciding)
        return [tuple(page) for page in (who, category, first, deciding[len(first) :]) if page]

    def _asked_before_others(self, deciding: list[Question]) -> list[Question]:
        """Return those of the questions that decide that have a page before the others: their answers settle more."""
        chosen, category = chosen_category(self.answers), category_of(self.answers)
        if category is not chosen:
            before = {question.key for question in chosen.decides(self.answers)}
            return [question for question in deciding if question.key in before]
        alone = category.asked_alone
        return [question for question in deciding[:1] if alone and question.key == alone.key]

    def help_above(self, asked: Page) -> dict[str, Any] | None:
        """Return matter and person of the help text above these questions; None if this page has none."""
        is_above = self.has_help_above and asked[0].key == self._deciding_page[0].key
        return help_pages.text_of(help_pages.CATEGORY_PAGE, self.answers) if is_above else None

    @property
    def has_help_above(self) -> bool:
        """Return whether a page that decides has the help text of the category, so that it needs no page."""
        is_told = help_pages.is_told_elsewhere(self.answers)
        return bool(category_of(self.answers).help_above and self._deciding_page and not is_told)

    @property
    def number_of_help_above(self) -> int | None:
        """Return the number of the first page that decides; None if there is none."""
        page = self._deciding_page
        return self.number_of(page[0].key) if page else None

    def is_before_help_above(self, number: int) -> bool:
        """Return whether page ``number`` has the help text of the category, or comes before the page that has it."""
        return self.has_help_above and number <= (self.number_of_help_above or 0)

    @property
    def _deciding_page(self) -> Page:
        """Return the first page of questions that decide; empty if there is none."""
        return next((page for page in self._first_pages if page[0].key not in {*WHO, CATEGORY.key}), ())

    def _is_asked(self, question: Question) -> bool:
        if question.key in {"evidence", "evidence_sexual_check"}:
            return uploads(self.answers, self.files_forbidden) != "none"
        return question.key != "staff_conflict" or self._has_lead


def _title(page: Page) -> Text:
    return _("Who and age") if page[0].key == ABOUT.key else page[0].title
