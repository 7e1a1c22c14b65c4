"""An answer or file that "Skip" or "Finish" would leave out after sending: the page says so, once.

Each question is asked once and nothing is kept, so what is left out by mistake would be gone. The next press of the
same buttons leaves it out.
"""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..questions import Question
from .forms import CHOICES, QuestionForm, typed_in
from .more import FILES, More

BUTTONS = ("skip", "finish")
NOT_ADDED = _("This is not added yet. Press “Add it” to send it. To leave it out, press “Skip” or “Finish” once more.")
FILE_NOT_ADDED = _(
    "The file is not added. Choose it again and press “Add it”. To leave it out, press “Skip” or “Finish” once more."
)


def is_first_time(adding: More, question: Question, form: QuestionForm, request: HttpRequest) -> bool:
    """Return whether a button would leave out what ``request`` answers, and the page has not said so yet."""
    leaves = any(button in request.POST for button in BUTTONS)
    return leaves and not was_shown(adding, question) and _has_answer(question, form, request)


def was_shown(adding: More, question: Question) -> bool:
    """Return whether the page of ``question`` says that its answer is not added yet."""
    return adding.state["left_out"] == question.key


def add_message(form: QuestionForm) -> QuestionForm:
    """Return the bound ``form`` with the message about its answer, below what is wrong with it."""
    form.add_error("answer", NOT_ADDED)
    return form


def file_messages(adding: More, question: Question) -> list[Text]:
    """Return the message about files that were chosen, for the page that asks for them; else an empty list."""
    return [FILE_NOT_ADDED] if question.key == FILES and was_shown(adding, question) else []


def _has_answer(question: Question, form: QuestionForm, request: HttpRequest) -> bool:
    if question.key == FILES:
        return bool(request.FILES or getattr(request, "refused_uploads", None))
    if question.kind in CHOICES:
        return form.is_valid() and bool(form.value)
    return bool(typed_in(question, request.POST).strip())  # also what is too long, or a mistyped number
