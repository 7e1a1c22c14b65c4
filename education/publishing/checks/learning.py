"""Checks of quizzes and lessons: what is an empty page, and what could hurt someone in the room."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from education.models import Lesson, Quiz, Scenario
from education.models.lesson import GUARDS
from education.translation import column, language_name

from .finding import ERROR, Candidate, Finding, label


def has_a_situation(said: Candidate) -> Iterator[Finding]:
    """A quiz without a situation is an empty page."""
    if not isinstance(said.item, Quiz):
        return
    for language in said.languages:
        needed = [column(field, language) for field in Scenario.needed]
        if not any(all(row.get(name) for name in needed) for row in said.data["scenarios"]):
            text = _("There is no situation in %(language)s yet.") % {"language": language_name(language)}
            yield Finding(ERROR, text, "scenarios")


def explains_hard_scenarios(said: Candidate) -> Iterator[Finding]:
    """A lesson has its warning, its way out, its answer to a disclosure and its sheet before it is used."""
    if not isinstance(said.item, Lesson):
        return
    for language in said.languages:
        for field in GUARDS:
            if not said.item.text(field, language):
                text = _("This part is still empty: %(part)s.") % {"part": label(said, field, language)}
                yield Finding(ERROR, text, column(field, language))


CHECKS = (has_a_situation, explains_hard_scenarios)
