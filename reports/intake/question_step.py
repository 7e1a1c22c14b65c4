"""One question: what was typed is kept whatever button is pressed, and counts as an answer after "Continue" only."""

from django.http import HttpRequest, HttpResponse

from ..questions import Part, Question
from ..views_common import page
from . import summary
from .draft import Draft
from .forms import QuestionForm, form_for, posted, typed_in
from .navigation import handle_secondary_buttons, is_again, redirect_to_step, step_url
from .risk_in_words import WORDS


def question_step(request: HttpRequest, draft: Draft, number: int, question: Question, returning: bool) -> HttpResponse:
    """Show the question, or take what stands in its form and lead on."""
    if request.method != "POST":
        return _page(request, draft, number, question, returning)
    if aside := _aside(request, draft, question, returning):
        return aside
    if "skip" in request.POST and not question.required:
        return _skipped(request, draft, question, returning)
    form = form_for(question, request.POST, choices=summary.choices(question))
    if not form.is_valid():
        draft.keep_unfinished(question, typed_in(question, request.POST), refused=True)
        return redirect_to_step(draft, draft.number_of(question.key), returning)
    draft.answer(question, form.value)
    if "finish" in request.POST:
        draft.pass_first_part()
        return redirect_to_step(draft, draft.check_number)
    return redirect_to_step(draft, draft.number_after(question, returning), returning)


def _aside(request: HttpRequest, draft: Draft, question: Question, returning: bool) -> HttpResponse | None:
    if not {"back", "stay", "language"} & set(request.POST):
        return None
    draft.keep_unfinished(question, typed_in(question, request.POST))
    return handle_secondary_buttons(request, draft, draft.number_of(question.key), returning)


def _skipped(request: HttpRequest, draft: Draft, question: Question, returning: bool) -> HttpResponse:
    """No answer. Words that stood there are kept apart, for a thumb that slipped; the last page says so."""
    draft.answer(question, None, left=typed_in(question, request.POST) if question.kind in WORDS else "")
    return redirect_to_step(draft, draft.number_after(question, returning), returning)


def _form(request: HttpRequest, draft: Draft, question: Question) -> QuestionForm:
    """The form with what was typed; with the reason, where the reporter was led here because it cannot be taken."""
    if is_again(request) and draft.is_refused(question):
        return form_for(question, posted(draft.unfinished_in(question)), choices=summary.choices(question))
    return form_for(question, initial=draft.shown_in(question), choices=summary.choices(question))


def _page(request: HttpRequest, draft: Draft, number: int, question: Question, returning: bool) -> HttpResponse:
    form = _form(request, draft, question)
    part = Part.MORE if returning else question.part
    return page(
        request,
        "intake/question.html",
        "step",
        {"number": number},
        here=step_url(number, returning),
        form=form,
        is_error=bool(form.errors),
        question=question,
        mark=draft.mark,
        groups=summary.groups(question, form),
        part=part,
        can_finish=part != Part.MORE and not draft.missing,
    )
