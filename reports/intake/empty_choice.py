"""An empty choice on the page of the questions that decide: it is said once, and the next press goes on.

The answers of this page can make a report urgent, so a forgotten one must not pass in silence. Nobody is held up: the
same button, pressed again, skips, as "Skip" does at once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..questions import Part, Question
from .draft import Draft
from .forms import QuestionForm

NOTHING_CHOSEN = _("Nothing is chosen yet. Choose an answer, or press “Continue” again to go on without one.")


def is_first_time(draft: Draft, asked: Sequence[Question], typed: Mapping[str, Any]) -> bool:
    """Return whether nothing is chosen on this page of choices that decide, and the page has not said so yet."""
    decide = all(is_optional(question) for question in asked)
    is_said = any(draft.is_refused(question) for question in asked)
    return decide and not is_said and not any(typed.values())


def is_optional(question: Question) -> bool:
    """Return whether this is a choice that is asked before the report is sent and may stay empty."""
    return question.part == Part.FIRST and question.kind in ("one", "many") and not question.required


def with_message(form: QuestionForm) -> QuestionForm:
    """Return the bound ``form`` of a question that was left empty, with the sentence about it as its only error."""
    form.full_clean()
    form.errors.clear()
    form.add_error("answer", NOTHING_CHOSEN)
    return form
