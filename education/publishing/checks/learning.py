"""Check quizzes and lessons for empty pages and for content that could hurt someone in the class."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.models import Lesson, Quiz, Scenario
from education.models.lesson import SAFETY_FIELDS
from education.publishing import translation_status
from education.translation import column, language_name

from .finding import ERROR, WARNING, Candidate, Finding, label


def check_quiz_has_scenarios(candidate: Candidate) -> Iterator[Finding]:
    """Report a quiz without scenarios, because its page would be empty."""
    if not isinstance(candidate.item, Quiz):
        return
    for language in candidate.languages:
        needed = [column(field, language) for field in Scenario.required_fields]
        if not any(all(row.get(name) for name in needed) for row in candidate.data["scenarios"]):
            text = _("There is no situation in %(language)s yet.") % {"language": language_name(language)}
            yield Finding(ERROR, text, "scenarios", f"no situation {language}")


def check_lesson_safety_texts(candidate: Candidate) -> Iterator[Finding]:
    """Report a lesson without its warning, its opt-out, its answer to a disclosure or its handout."""
    if not isinstance(candidate.item, Lesson):
        return
    for language in candidate.languages:
        for field in SAFETY_FIELDS:
            if not candidate.item.text(field, language):
                text = _("This part is still empty: %(part)s.") % {"part": label(candidate, field, language)}
                yield Finding(ERROR, text, column(field, language))


def check_untranslated_scenarios(candidate: Candidate) -> Iterator[Finding]:
    """Report situations of which one language lacks a text: its readers get fewer, or fewer choices."""
    for language in candidate.languages if isinstance(candidate.item, Quiz) else ():
        if number := translation_status.rows_to_write(candidate.row, candidate.data, "scenarios", language):
            text = ngettext(
                "%(count)d situation is not whole in %(language)s: its readers do not get all of it.",
                "%(count)d situations are not whole in %(language)s: its readers do not get all of them.",
                number,
            )
            facts = {"count": number, "language": language_name(language)}
            yield Finding(WARNING, text % facts, "scenarios", f"situations {language}", amount=number)


CHECKS = (check_quiz_has_scenarios, check_untranslated_scenarios, check_lesson_safety_texts)
