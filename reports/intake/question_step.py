"""The step of one question: every button keeps what was typed, but only "Continue" makes it an answer."""

from django.http import HttpRequest, HttpResponse

from ..questions import Part, Question
from ..views_common import page
from . import empty_choice, open_answers, summary
from .draft import Draft
from .forms import QuestionForm, form_for, posted, typed_in
from .navigation import SECONDARY, handle_secondary_buttons, is_again, redirect_to_step, step_url
from .risk_in_words import WORDS
from .steps import ONE_PRESS


def question_step(request: HttpRequest, draft: Draft, number: int, question: Question, returning: bool) -> HttpResponse:
    """Show the question, or process its form and redirect."""
    if request.method != "POST":
        return _page(request, draft, number, question, returning)
    if aside := _secondary_response(request, draft, question, returning):
        return aside
    if "skip" in request.POST and not question.required:
        return _skipped(request, draft, question, returning)
    typed = typed_in(question, request.POST)
    form = form_for(question, request.POST, choices=summary.choices(question))
    if not form.is_valid() or empty_choice.is_first_time(draft, (question,), {question.key: typed}):
        draft.keep_unfinished(question, typed, refused=True)
        return redirect_to_step(draft, draft.number_of(question.key), returning)
    draft.answer(question, form.value)
    return redirect_to_step(draft, draft.number_after(question, returning), returning)


def _secondary_response(request: HttpRequest, draft: Draft, question: Question, returning: bool) -> HttpResponse | None:
    if not SECONDARY & set(request.POST):
        return None
    draft.keep_unfinished(question, typed_in(question, request.POST))
    return handle_secondary_buttons(request, draft, draft.number_of(question.key), returning)


def _skipped(request: HttpRequest, draft: Draft, question: Question, returning: bool) -> HttpResponse:
    """Skip the question. Typed words are kept apart in case it was a mistake; the last page mentions them."""
    draft.answer(question, None, left=typed_in(question, request.POST) if question.kind in WORDS else "")
    return redirect_to_step(draft, draft.number_after(question, returning), returning)


def _form(request: HttpRequest, draft: Draft, question: Question) -> QuestionForm:
    """Return the form with what was typed, and with the error when the answer was not valid."""
    if is_again(request) and draft.is_refused(question):
        form = form_for(question, posted(draft.unfinished_contents(question)), choices=summary.choices(question))
        is_empty = empty_choice.is_optional(question) and not draft.unfinished_contents(question)
        return empty_choice.with_message(form) if is_empty else form
    return form_for(question, initial=draft.form_contents(question), choices=summary.choices(question))


def _page(request: HttpRequest, draft: Draft, number: int, question: Question, returning: bool) -> HttpResponse:
    form = _form(request, draft, question)
    return page(
        request,
        "intake/question.html",
        "step",
        {"number": number},
        here=step_url(number, returning),
        form=form,
        is_error=bool(form.errors),
        question=question,
        form_token=draft.form_token,
        above=draft.help_above((question,)),
        sends=question.part == Part.FIRST and question.kind in ONE_PRESS,  # all that the page asks
        groups=summary.groups(question, form, draft.answers),
        age=open_answers.known_age(draft.answers),
        progress=draft.progress(draft.check_number if returning else number),
    )
