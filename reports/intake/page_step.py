"""A page with several questions: who it is about and the age, or all that decide. Each answer counts by itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from ..questions import QUESTIONS, SAFETY, TILE, Question
from ..questions.core import ABOUT, AGE
from ..views_common import page
from . import empty_choice, open_answers, summary
from .draft import Draft
from .forms import QuestionForm, WhoForm, form_for, posted, typed_in
from .navigation import SECONDARY, handle_secondary_buttons, is_again, redirect_to_step, step_url
from .steps import Page

SHORT = 3  # choices that fit beside each other, such as yes, no and "I don't know"


def page_answered(request: HttpRequest, draft: Draft, keys: list[str], returning: bool) -> HttpResponse:
    """Process the form of the page that asked ``keys``, whatever its number is now, and redirect."""
    asked = tuple(question for key in keys if (question := draft.question_of(key)))
    if not asked:  # none of them is asked now, because another tab changed an answer
        for question in (QUESTIONS[key] for key in keys if key in QUESTIONS):
            draft.keep_unfinished(question, typed_in(question, request.POST, question.key))
        return redirect_to_step(draft, draft.next_new_number)
    data = request.POST
    typed = _typed(asked, data)
    if SECONDARY & set(data):
        for question in asked:
            draft.keep_unfinished(question, typed[question.key])
        aside = handle_secondary_buttons(request, draft, draft.number_of(asked[0].key) or 0, returning)
        return aside or redirect_to_step(draft, draft.number_of(asked[0].key) or draft.check_number, returning)
    if "skip" not in data and empty_choice.is_first_time(draft, asked, typed):
        draft.keep_unfinished(asked[0], "", refused=True)
        return redirect_to_step(draft, draft.number_of(asked[0].key) or draft.check_number, returning)
    refused = _store(asked, data, draft, typed)
    still_asked = [question for question in refused or asked if draft.number_of(question.key)]
    if not still_asked:
        return redirect_to_step(draft, draft.next_new_number, returning)
    number = draft.number_of(refused[0].key) if refused else draft.number_after(still_asked[-1], returning)
    return redirect_to_step(draft, number or draft.check_number, returning)


def page_shown(request: HttpRequest, draft: Draft, number: int, asked: Page, returning: bool) -> HttpResponse:
    """Show a page with several questions, or the one about who and age."""
    is_who = asked[0].key == ABOUT.key
    form = _who_form(request, draft) if is_who else None
    parts = [] if is_who else [_part(request, draft, question) for question in asked]
    return page(
        request,
        "intake/who.html" if is_who else "intake/page.html",
        "step",
        {"number": number},
        here=step_url(number, returning),
        asked=asked,
        keys=" ".join(question.key for question in asked),
        form=form,
        parts=parts,
        is_error=bool(form.errors) if form else any(part["form"].errors for part in parts),
        begins=draft.answers.get(SAFETY.key) == "safe" and TILE not in draft.answers,
        above=draft.help_above(asked),
        age="" if is_who else open_answers.known_age(draft.answers),
        can_skip=not any(question.required for question in asked),
        form_token=draft.form_token,
        progress=draft.progress(draft.check_number if returning else number),
    )


def _typed(asked: Page, data: Any) -> dict:
    """Return the contents of the form by question. One press answers who and age, so that page is never unfinished."""
    if asked[0].key == ABOUT.key:
        return dict.fromkeys((ABOUT.key, AGE.key), "")
    return {question.key: typed_in(question, data, question.key) for question in asked}


def _store(asked: Page, data: Any, draft: Draft, typed: dict) -> list[Question]:
    """Store the answers that are valid, and return the questions whose answers are not."""
    refused = []
    who = WhoForm(data) if asked[0].key == ABOUT.key else None
    for question in asked:
        form = who or _form(question, data)
        skipped = "skip" in data and not question.required
        if form.errors and not skipped:
            draft.keep_unfinished(question, typed[question.key], refused=True)
            refused.append(question)
        else:
            draft.answer(question, None if skipped else form.cleaned_data[question.key if who else "answer"])
    return refused


def _form(question: Question, data: Any = None, initial: Any = None) -> QuestionForm:
    return form_for(question, data, initial, summary.choices(question), prefix=question.key)


def _part(request: HttpRequest, draft: Draft, question: Question) -> dict:
    if is_again(request) and draft.is_refused(question):
        form = _form(question, posted(draft.unfinished_contents(question), question.key))
        form = form if draft.unfinished_contents(question) else empty_choice.with_message(form)
    else:
        form = _form(question, initial=draft.form_contents(question))
    groups = summary.groups(question, form, draft.answers)
    is_short = len(question.choices) <= SHORT
    return {"question": question, "form": form, "groups": [group | {"is_short": is_short} for group in groups]}


def _who_form(request: HttpRequest, draft: Draft) -> WhoForm:
    if is_again(request) and draft.is_refused(ABOUT):
        return WhoForm({})
    return WhoForm(initial={"who": WhoForm.choice_of(draft.answers)})
