"""Check quizzes and lessons for empty pages and for content that could hurt someone in the class."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from education.models import Lesson, Quiz, Scenario
from education.models.lesson import GUARDS
from education.translation import column, language_name

from .finding import ERROR, Candidate, Finding, label


def has_a_situation(said: Candidate) -> Iterator[Finding]:
    """Report a quiz without scenarios, because its page would be empty."""
    if not isinstance(said.item, Quiz):
        return
    for language in said.languages:
        needed = [column(field, language) for field in Scenario.needed]
        if not any(all(row.get(name) for name in needed) for row in said.data["scenarios"]):
            text = _("There is no situation in %(language)s yet.") % {"language": language_name(language)}
            yield Finding(ERROR, text, "scenarios")


def explains_hard_scenarios(said: Candidate) -> Iterator[Finding]:
    """Report a lesson without its warning, its opt-out, its answer to a disclosure or its handout."""
    if not isinstance(said.item, Lesson):
        return
    for language in said.languages:
        for field in GUARDS:
            if not said.item.text(field, language):
                text = _("This part is still empty: %(part)s.") % {"part": label(said, field, language)}
                yield Finding(ERROR, text, column(field, language))


CHECKS = (has_a_situation, explains_hard_scenarios)
