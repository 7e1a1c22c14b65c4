"""Which questions of a category are asked before the report is sent: those whose answers decide about a child's safety.

An answer decides if it can make the report P0, restrict it to child safety or forbid files. ``Category.decides`` is
made with these functions. tests/reports/questions/test_deciding.py holds it against ``priority``, answer by answer.
"""

from collections.abc import Callable

from .kinds import Answers, Question

Decides = Callable[[Answers], tuple[Question, ...]]


def nothing(answers: Answers) -> tuple[Question, ...]:
    """Return no question."""
    return ()


def first_of(*questions: Question) -> Decides:
    """Return a function that returns the first of ``questions`` that is asked after the answers so far."""
    return lambda answers: next(((question,) for question in questions if question.when(answers)), ())


def each_of(*questions: Question) -> Decides:
    """Return a function that returns all ``questions`` that are asked after the answers so far; they share one page."""
    return lambda answers: tuple(question for question in questions if question.when(answers))


def until_known(first: Question, others: Decides, *settling: str) -> Decides:
    """Return a function that returns ``first``, and ``others`` unless its answer is one of ``settling``."""

    def decides(answers: Answers) -> tuple[Question, ...]:
        return (first,) if answers.get(first.key) in settling else (first, *others(answers))

    return decides


def by_age(child: Decides, adult: Decides, under_13: Decides = nothing) -> Decides:
    """Return a function that returns the questions for an adult, or those for a child and for an unknown age.

    ``under_13``: what is also asked if the child is, or may be, under 13.
    """

    def decides(answers: Answers) -> tuple[Question, ...]:
        if answers.get("age") == "adult":
            return adult(answers)
        return child(answers) + (under_13(answers) if answers.get("age") == "under_13" else ())

    return decides
