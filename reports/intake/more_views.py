"""The pages on which a reporter adds something after sending: one question each, and never an answer from before.

Every page can be left with one press. Each answer is sent when its button is pressed.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from safetycenter import wording
from safetycenter.transitions import NotAllowed
from safetycenter.views import SeeOther

from ..crypto import sealed_session
from ..crypto.sealed_session import ConflictError, OpenSession, set_time_left
from ..crypto.vault.keys import KeyMissingError
from ..evidence import files
from ..evidence.upload import RefusedUpload
from ..questions import QUESTIONS, SAFETY, Question
from ..questions.pictures import WHOSE_PICTURE
from ..self_harm import detector
from ..views_common import KEPT_ANCHOR, no_store, page
from . import left_out, receipt_views, summary
from . import more as state
from .draft import CODE, DONE
from .forms import CHOICES, QuestionForm, form_for, posted, typed_in
from .more import FILES, SAFETY_HELP, More
from .navigation import AGAIN, is_again, url
from .not_stored import not_stored_page
from .recommendations import help_context
from .risk_in_words import WORDS
from .session import MIN_KEPT_LENGTH, expired, wording_after

log = logging.getLogger(__name__)
PICTURE_FIRST = "first"  # in the address; it must not say what the report is about (H9)


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest) -> HttpResponse:
    """Show the next question that has no answer, or a page of help; add one answer, or finish."""
    session = sealed_session.from_request(request)
    adding = More.of(session)
    if adding is None:
        return _ended(request, session)
    set_time_left(request, adding.session)
    with wording.use_for(request, wording_after(session)):
        return _page(request, adding) if request.method != "POST" else _sent(request, adding, session)


def _sent(request: HttpRequest, adding: More, session: OpenSession | None) -> HttpResponse:
    try:
        return _pressed(request, adding)
    except ConflictError:
        return _slower(request)
    except NotAllowed:
        return _ended(request, session)
    except (DatabaseError, KeyMissingError) as error:
        log.error("an answer could not be added", extra={"facts": {"error": type(error).__name__}})
        return _not_stored(request, session)


def _slower(request: HttpRequest) -> HttpResponse:
    """Answer a request after another one of this browser was faster: words of danger in it still count (H5)."""
    with suppress(ConflictError):
        adding = More.of(sealed_session.from_request(request))
        if adding and adding.open_question(request.POST.get("question", "")) is None:
            return _taken(request, adding)
    return SeeOther(url("more"))


def _ended(request: HttpRequest, session: OpenSession | None) -> HttpResponse:
    """Delete what is left for adding. Words that were sent are shown again, to be copied (H5: with help)."""
    kind = session.data["kind"] if session else None
    if session and kind == DONE:
        with suppress(ConflictError):
            state.end(session)
    if request.method == "POST" and (_is_worth_keeping(request.POST.get("answer", "")) or session is None):
        response = expired(request, "visit")
        if kind not in (None, DONE):  # something newer, which this old window must not delete
            response.cookies.pop(settings.SEALED_SESSION_COOKIE_NAME, None)
        return response
    return SeeOther(url({DONE: "done", CODE: "code"}.get(kind, "start"))) if kind else expired(request)


def _is_worth_keeping(typed: str) -> bool:
    return len(typed) > MIN_KEPT_LENGTH or detector.is_mentioned(typed)


def _pressed(request: HttpRequest, adding: More) -> HttpResponse:
    if "help" in request.POST and "finish" not in request.POST:
        adding.help_was_read(keep="stay" in request.POST)
        return SeeOther(url("more") + KEPT_ANCHOR) if "stay" in request.POST else _onward(adding)
    question = adding.open_question(request.POST.get("question", ""))
    if question and left_out.is_first_time(adding, question, _form(question, request.POST), request):
        adding.keep(question, typed_in(question, request.POST), left_out=True)
        return SeeOther(f"{url('more')}?{AGAIN}=1")
    if "finish" in request.POST:
        return _finish(request, adding, question)
    return _left_or_added(request, adding, question) if question else _taken(request, adding)


def _left_or_added(request: HttpRequest, adding: More, question: Question) -> HttpResponse:
    typed = typed_in(question, request.POST)
    if "stay" in request.POST or request.POST.get("language") in dict(settings.LANGUAGES):
        adding.keep(question, typed)
        with translation.override(request.POST.get("language") or translation.get_language()):
            return SeeOther(url("more") + (KEPT_ANCHOR if "stay" in request.POST else ""))
    if "skip" in request.POST:
        adding.add(question, None, typed if question.kind in WORDS else "")
    elif question.key == FILES:
        return _add_files(request, adding)
    else:
        form = _form(question, request.POST)
        if not form.is_valid():
            adding.keep(question, typed, refused=True)
            return SeeOther(f"{url('more')}?{AGAIN}=1")
        adding.add(question, form.value)
    return _onward(adding)


def _onward(adding: More) -> HttpResponse:
    """Redirect to the next page; after the last question, delete what adding needs."""
    if adding.question or adding.state["help"]:
        return SeeOther(url("more"))
    adding.end()
    return SeeOther(url("done"))


def _finish(request: HttpRequest, adding: More, question: Question | None) -> HttpResponse:
    """Delete what adding needs. Words in the form are not sent; a life at risk in them raises the report (H5)."""
    if question:
        adding.keep(question, typed_in(question, request.POST))
    elif asked := _question_of_words(request):
        adding.raise_by_words(asked, request.POST.get("answer", ""))
    adding.end()
    receipt_views.finished(adding.session)
    return SeeOther(url("done"))


def _taken(request: HttpRequest, adding: More) -> HttpResponse:
    """Answer a form whose question was answered by another press or window: words are shown again, not sent."""
    typed = request.POST.get("answer", "")
    asked = _question_of_words(request)
    if asked is None or not _is_worth_keeping(typed):
        return SeeOther(url("more"))
    adding.raise_by_words(asked, typed)
    life = detector.is_mentioned(typed)
    return page(request, "intake/more_taken.html", status=409, typed=[typed], life=life)


def _question_of_words(request: HttpRequest) -> Question | None:
    """Return the question of this form if words answer it, also when another window has passed it."""
    asked = {SAFETY.key: SAFETY, **QUESTIONS}.get(request.POST.get("question", ""))
    return asked if asked and asked.kind in WORDS else None


def _add_files(request: HttpRequest, adding: More) -> HttpResponse:
    """Add all files, or none if one is refused; a form without a file passes the question."""
    sent: list[Any] = request.FILES.getlist("files")  # sealed by the upload handler
    refused = list(getattr(request, "refused_uploads", []))
    count = len(sent) + len(refused)
    first = files.first_refusal(sent, list(adding.case.evidence.all()), adding.allowed_files)
    refused += [first] if first else []
    if refused:
        adding.note_refused_files([astuple(file) for file in files.classify(refused, count)])
        return SeeOther(f"{url('more')}?{AGAIN}=1")
    try:
        adding.add_files(sent)
    except Exception:
        files.abandon(sent)
        raise
    return _onward(adding)


def _form(question: Question, data: Any = None, initial: Any = None) -> QuestionForm:
    """Return the form of ``question``. "Add" needs a choice here, because there is a button to skip."""
    form = form_for(question, data, initial, summary.choices(question))
    form.fields["answer"].required = question.kind in CHOICES
    return form


def _page(request: HttpRequest, adding: More) -> HttpResponse:
    if (name := adding.state["help"]) == SAFETY_HELP:
        return page(request, "intake/more_safety.html", "more", after_sending=True, answers=adding.facts)
    if name:
        return page(request, f"intake/help/{name}.html", "more", after_sending=True, **help_context(name, adding.facts))
    question = _asked_first(request, adding) or adding.question
    if question is None:
        return SeeOther(url("done"))
    typed = adding.state["typed"].get(question.key)
    if is_again(request) and adding.state["refused"] == question.key:
        form = _form(question, posted(typed or ""))
    elif is_again(request) and typed and left_out.was_shown(adding, question):
        form = left_out.add_message(_form(question, posted(typed)))
    else:
        form = _form(question, initial=typed)
    refused = [RefusedUpload(*file) for file in adding.state["refused_files"]] if is_again(request) else []
    return _question_page(request, adding, question, form, refused)


def _asked_first(request: HttpRequest, adding: More) -> Question | None:
    """Return what the link to the tool for pictures asks, or the question of the form that was just refused."""
    again = adding.state["refused"] or adding.state["left_out"] if is_again(request) else ""
    return adding.open_question(again or (WHOSE_PICTURE.key if PICTURE_FIRST in request.GET else ""))


def _question_page(
    request: HttpRequest,
    adding: More,
    question: Question,
    form: QuestionForm,
    refused: Sequence[RefusedUpload] = (),
    **context: Any,
) -> HttpResponse:
    errors = [*map(files.describe, refused), *(left_out.file_messages(adding, question) if is_again(request) else [])]
    return page(
        request,
        "intake/more.html",
        "more",
        case=adding.case,
        question=question,
        form=form,
        groups=[] if question.key == FILES else summary.groups(question, form, adding.facts),
        left=len(adding.open),
        uploads="yes" if question.key == FILES else "none",
        errors=errors,
        is_error=bool(form.errors or errors),
        recording_refused=any(file.reason == "recording" for file in refused),
        **context,
    )


def _not_stored(request: HttpRequest, session: OpenSession | None) -> HttpResponse:
    """Show the same question with what was typed: nothing was stored. A life at risk in it gets help instead (H5)."""
    if detector.is_mentioned(request.POST.get("answer", "")):
        return not_stored_page(request)
    with suppress(DatabaseError):
        adding = More.of(sealed_session.from_request(request))
        if adding and (question := adding.open_question(request.POST.get("question", ""))):
            form = _form(question, initial=typed_in(question, request.POST))
            return _question_page(request, adding, question, form, status=503, not_stored=True)
    return expired(request, "visit")
