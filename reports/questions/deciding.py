"""Which question of a category is asked before the report is sent: the one whose answer can make it P0, if any can."""

from collections.abc import Callable

from .core import is_life_at_risk
from .kinds import Answers, Question

Decides = Callable[[Answers], tuple[Question, ...]]


def always_ask(*questions: Question) -> Decides:
    """Return a function that returns ``questions`` for all answers."""
    return lambda answers: questions


def by_age(child: tuple[Question, ...], adult: tuple[Question, ...]) -> Decides:
    """Return a function that returns the questions for a child or an unknown age, or those for an adult.

    Those for an adult are also asked about something that the reporter did, where nobody else can be named, and of
    people who think of dying, who are not asked about naked pictures.
    """

    def questions(answers: Answers) -> tuple[Question, ...]:
        others = answers.get("about") == "my_own_doing" or is_life_at_risk(answers)
        return adult if others or answers.get("age") == "adult" else child

    return questions
