"""The pages of the report form. Each works without script, and no URL or title reveals what it is about."""

from contextlib import suppress
from http import HTTPStatus
from uuid import UUID

import django.db
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetycenter.views import NoContent, SeeOther

from ..crypto import sealed_session
from ..questions import QUESTIONS, SAFETY, Question
from ..questions.core import said_own_life_at_risk
from ..staffing import breaches
from ..staffing.intake_status import cached_intake_status
from ..views_common import KEPT_ANCHOR, no_store, page, post_only, same_origin
from . import first_aid, help_pages, open_answers
from .beginning import begin
from .check_step import check_step
from .draft import Draft
from .evidence_step import evidence_step
from .forms import SafetyForm, typed_in
from .navigation import (
    AGAIN,
    after_help,
    before_help,
    is_again,
    is_returning,
    note_help,
    redirect_to_step,
    step_url,
    url,
)
from .page_step import page_answered, page_shown
from .question_step import question_step
from .receipt_views import finished
from .recommendations import help_context
from .session import discard, started_over, with_draft
from .steps import FIRST_QUESTION, SAFETY_PAGE


@no_store
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask about danger and the most frequent troubles: each answer leads to its first aid.

    Always the first page; it never reveals that a draft exists (H8).
    """
    state = cached_intake_status()
    template = "intake/start.html" if state.is_open else "intake/closed.html"
    answers = {"dangers": first_aid.DANGERS, "tiles": first_aid.TILES, "unsure": first_aid.UNSURE}
    return page(request, template, "start", intake_status=state, breaches=breaches.shown_notices(), **answers)


# Exempt like first aid: the first page, which sends "Yes, I am safe" to it, has no cookie and so no CSRF token.
@csrf_exempt
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@same_origin
def ask_safety(request: HttpRequest) -> HttpResponse:
    """Begin the draft of people whose trouble is not on the first page; ask "Are you safe right now?" by GET."""
    state = cached_intake_status()
    if not state.is_open:
        return SeeOther(url("start"))
    if request.method == "POST":
        begun = _safety_answered if request.is_same_origin else csrf_protect(_safety_answered)  # type: ignore[attr-defined]
        response = begun(request)
        if response.status_code != HTTPStatus.FORBIDDEN or "csrfmiddlewaretoken" in request.POST:
            return response
        # The browser does not say which site sent the form: press once more, on the page that has a token.
        return SeeOther(url("ask_safety"))
    form = SafetyForm({} if is_again(request) else None)  # nothing was chosen, so there is nothing to keep
    context = {"form": form, "question": SAFETY, "is_error": bool(form.errors)}
    return page(request, "intake/ask_safety.html", "ask_safety", intake_status=state, **context)


def _safety_answered(request: HttpRequest) -> HttpResponse:
    form = SafetyForm(request.POST)
    if not form.is_valid():
        return SeeOther(f"{url('ask_safety')}?{AGAIN}=1")
    is_safe = form.cleaned_data["safety"] == "safe"
    return begin(request, form.cleaned_data, FIRST_QUESTION if is_safe else SAFETY_PAGE)


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def step(request: HttpRequest, draft: Draft, number: int) -> HttpResponse:
    """Show one page of the form: the safety page, a question, or all answers."""
    returning = is_returning(request)
    if request.POST.get("of", draft.form_token) != draft.form_token:
        return started_over(request, draft)
    if "send" in request.POST or "ending" in request.POST:
        return check_step(request, draft, number)
    if keys := request.POST.get("questions", "").split():
        return page_answered(request, draft, keys, returning)
    if asked := request.POST.get("question"):
        return _answered(request, draft, asked, returning)
    if number == 1:
        return _safety_page(request, draft, returning)
    return _asked(request, draft, number, returning)


def _asked(request: HttpRequest, draft: Draft, number: int, returning: bool) -> HttpResponse:
    """Show the last page, a page with several questions, or one question."""
    if number == draft.check_number:
        return check_step(request, draft, number)
    questions = draft.questions_at(number)
    if not questions:  # another tab has changed the numbers of the pages
        return SeeOther(step_url(draft.check_number))
    if len(questions) > 1:
        return page_shown(request, draft, number, questions, returning)
    return _question(request, draft, number, questions[0], returning)


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def help_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show a help page that an answer made relevant. It is shown once, with the button to continue at its end."""
    facts = draft.session.data
    name = facts.get("help")
    if name is None:
        return after_help(draft)
    if request.method == "POST":
        read = help_pages.mark_of(name, draft.answers)
        if request.POST.get("read", read) != read:  # a second tap on the button of the help page before this one
            return SeeOther(url("help_page"))
        note_help(draft, name)
        if "back" in request.POST:
            return before_help(draft)
        # Before the last page, show every other relevant help page as well.
        is_last = facts["onward"] == draft.check_number
        return redirect_to_step(draft, draft.check_number, facts["returning"]) if is_last else after_help(draft)
    context = help_context(name, draft.answers) | {"mark": help_pages.mark_of(name, draft.answers)}
    context["age"] = open_answers.known_age(draft.answers)
    return page(request, f"intake/help/{name}.html", "help_page", onward=facts["onward"], **context)


@no_store
@post_only("start")
@with_draft
def extend(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Restart the time of the draft. For pages without words; on others the question's own form keeps them."""
    if draft.session.data.get("help"):
        return SeeOther(url("help_page") + KEPT_ANCHOR)
    number = int(request.POST["number"]) if request.POST.get("number", "").isdecimal() else 1
    return SeeOther(step_url(number, is_returning(request)) + KEPT_ANCHOR)


@no_store
@post_only("start")
@with_draft
def remove_file(request: HttpRequest, draft: Draft, file_id: UUID) -> HttpResponse:
    """Delete one file of this draft."""
    draft.remove_file(file_id)
    return SeeOther(step_url(draft.number_of("evidence") or draft.check_number))


@csrf_exempt  # it only ends a draft, and only from this site, so it also works when the form's token has expired
@no_store
@require_POST
@same_origin
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit and "Delete and leave": delete the session and redirect to a neutral page, even after an error."""
    # The script leaves the page itself and needs no page in the response.
    response = NoContent() if "script" in request.POST else SeeOther(settings.QUICK_EXIT_URL)
    response.headers["Clear-Site-Data"] = '"cache"'
    if not request.is_same_origin:
        return response
    with suppress(django.db.Error, OSError):
        if session := sealed_session.from_request(request):
            discard(session)
            if "finish" in request.POST:
                finished(session)
    return sealed_session.delete_cookie(response)


def _answered(request: HttpRequest, draft: Draft, key: str, returning: bool) -> HttpResponse:
    """Store the answer to the question that the page showed, regardless of its number now."""
    number, asked = draft.number_of(key), draft.question_of(key)
    if number is not None and asked:
        return _question(request, draft, number, asked, returning)
    if question := QUESTIONS.get(key):  # the question is no longer asked, because another tab changed an answer
        draft.keep_unfinished(question, typed_in(question, request.POST))
    return redirect_to_step(draft, draft.next_new_number)


def _question(request: HttpRequest, draft: Draft, number: int, question: Question, returning: bool) -> HttpResponse:
    show = evidence_step if question.kind == "evidence" else question_step
    return show(request, draft, number, question, returning)


def _safety_page(request: HttpRequest, draft: Draft, returning: bool) -> HttpResponse:
    if request.method == "POST":
        return redirect_to_step(draft, draft.next_new_number, returning) if returning else SeeOther(step_url(2))
    return page(
        request,
        "intake/safety.html",
        "step",
        {"number": 1},
        safety=draft.answers.get("safety", "unsure"),
        own_life=said_own_life_at_risk(draft.answers),
        intake_status=cached_intake_status(),
    )
