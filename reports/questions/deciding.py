"""Which questions of a category are asked before the report is sent: those whose answer can make it P0, if any can.

``Category.decides`` is made with these functions. tests/reports/questions/test_deciding.py holds it against ``tier()``.
"""

from collections.abc import Callable

from .kinds import Answers, Question

Decides = Callable[[Answers], tuple[Question, ...]]


def first_of(*questions: Question) -> Decides:
    """Return a function that returns the first of ``questions`` that is asked after the answers so far."""
    return lambda answers: next(((question,) for question in questions if question.when(answers)), ())


def together(*parts: Decides) -> Decides:
    """Return a function that returns the questions of all ``parts``; they share one page."""
    return lambda answers: tuple(question for part in parts for question in part(answers))


def by_age(child: Decides, adult: Decides) -> Decides:
    """Return a function that returns the questions for an adult, or those for a child and for an unknown age."""
    return lambda answers: (adult if answers.get("age") == "adult" else child)(answers)
