"""One question: what was typed is kept whatever button is pressed, and counts as an answer after "Continue" only."""

from .. import harm_words, risk
from ..private import page
from ..questions import Part, Question
from . import rows
from .forms import form_for, posted, typed_in
from .moves import go, go_aside, is_again, step_url

WORDS = {"text", "long"}


def question_step(request, draft, number: int, question: Question, returning: bool):
    """Show the question, or take what stands in its form and lead on."""
    if request.method != "POST":
        return _page(request, draft, number, question, returning)
    if aside := _aside(request, draft, number, question, returning):
        return aside
    if "skip" in request.POST and not question.required:
        return _skipped(request, draft, question, returning)
    form = form_for(question, request.POST, choices=rows.choices(question))
    if not form.is_valid():
        keep(draft, question, typed_in(question, request.POST), refused=True)
        return go(draft, _now(draft, question, number), returning)
    draft.answer(question, form.value)
    _note_risk(draft, question, form.value)
    if "finish" in request.POST:
        draft.pass_first_part()
        return go(draft, draft.check_number)
    return go(draft, draft.number_after(question, returning), returning)


def keep(draft, question: Question, typed, refused: bool = False) -> None:
    """Keep what was typed and is no answer. Words about dying are answered all the same (safety H5)."""
    draft.keep_unfinished(question, typed, refused)
    _note_risk(draft, question, typed)


def _aside(request, draft, number, question, returning):
    if not {"back", "stay", "language"} & set(request.POST):
        return None
    keep(draft, question, typed_in(question, request.POST))
    return go_aside(request, draft, _now(draft, question, number), returning)


def _skipped(request, draft, question, returning):
    """No answer. Words that stood there are kept apart, for a thumb that slipped; the last page says so."""
    draft.answer(question, None)
    if question.kind in WORDS:
        keep(draft, question, typed_in(question, request.POST))
    return go(draft, draft.number_after(question, returning), returning)


def _now(draft, question, number: int) -> int:
    """The number of this question; words about dying move others behind it (fewer are asked), and so its number."""
    moved = draft.number_of(question.key)
    return number if moved is None else moved


def _note_risk(draft, question, typed) -> None:
    if question.kind not in WORDS or not typed:
        return
    before = dict(draft.answers)
    if risk.is_mentioned(typed):
        draft.answers["risk"] = "yes"
    if harm := harm_words.kinds_in(typed):
        draft.answers["in_words"] = sorted({*harm, *draft.answers.get("in_words", [])})
    if draft.answers != before:
        draft.save()


def _form(request, draft, question):
    """The form with what was typed; with the reason, where the reporter was led here because it cannot be taken."""
    if is_again(request) and draft.is_refused(question):
        return form_for(question, posted(draft.unfinished_in(question)), choices=rows.choices(question))
    return form_for(question, initial=draft.shown_in(question), choices=rows.choices(question))


def _page(request, draft, number, question, returning):
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
        groups=rows.groups(question, form),
        part=part,
        can_finish=part != Part.MORE and not draft.missing,
    )
