"""An answer that "Skip" or "Finish" would leave out after sending: it is said once, and the next press leaves it out.

Each question is asked once and nothing is kept, so what is left out by mistake would be gone.
"""

from collections.abc import Container

from django.utils.translation import gettext_lazy as _

from ..questions import Question
from .empty_choice import say_only
from .forms import QuestionForm
from .more import More

BUTTONS = ("skip", "finish")
NOT_ADDED = _("This is not added yet. Press “Add it” to send it. To leave it out, press “Skip” or “Finish” once more.")


def is_first_time(adding: More, question: Question, form: QuestionForm, pressed: Container[str]) -> bool:
    """Return whether a button would leave out the valid answer in ``form``, and the page has not said so yet."""
    leaves = any(button in pressed for button in BUTTONS)
    return leaves and adding.state.get("left_out") != question.key and form.is_valid() and bool(form.value)


def is_said(adding: More, question: Question) -> bool:
    """Return whether the page of ``question`` says that its answer is not added yet."""
    return adding.state.get("left_out") == question.key


def say(form: QuestionForm) -> QuestionForm:
    """Return the bound ``form`` with the sentence about it as its only error."""
    return say_only(form, NOT_ADDED)
