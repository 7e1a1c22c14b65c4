"""The draft that a browser's cookie opens: passed to a view, reported as expired, or discarded."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from safetycenter import wording
from safetycenter.hints import View
from safetycenter.views import SeeOther
from safetycenter.wording import Wording

from ..crypto import sealed_session
from ..crypto.sealed_session import ConflictError, OpenSession, set_time_left
from ..evidence import files
from ..questions.wording import wording_of
from ..self_harm import detector
from ..views_common import page
from .draft import CODE, DONE, DRAFT, Draft

MIN_KEPT_LENGTH = 20  # characters; shorter answers are quickly typed again


def with_draft(view: View) -> View:
    """Pass the view its draft. Without a draft, say that the time is over and show the typed words again."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = sealed_session.from_request(request)
        kind = session.data.get("kind") if session else None
        if kind in (CODE, DONE) and request.method == "POST" and (typed := typed_words(request)):
            life = any(map(detector.is_mentioned, typed))
            return page(request, "intake/sent_before.html", status=409, typed=typed, life=life, has_code=kind == CODE)
        if kind == CODE:  # already sent: a double tap, or the Back button
            return SeeOther(reverse("reports:code"))
        if kind == DONE:  # number and advice are for the person who sent it, not for the next one on this phone (H8)
            return SeeOther(reverse("reports:start"))
        if session is None or kind != DRAFT:
            return expired(request)
        set_time_left(request, session)
        try:
            draft = Draft(session)
            with wording.use_for(request, wording_of(draft.answers)):
                response = view(request, draft, *args, **kwargs)
            if request.method == "POST":  # a GET writes nothing, and so does not extend the time
                draft.save_changes()
            return response
        except ConflictError:
            return SeeOther(_current_page_url(request, kwargs.get("number", 1)))

    return wrapper


def expired(request: HttpRequest, what: str = "draft") -> HttpResponse:
    """Say that nothing is stored any more, and show the words typed into this form again, so they can be copied.

    ``what`` is gone: the "draft", or the "code" of a report that was sent. A life at risk in the words shows help.
    """
    if request.method != "POST":  # reached by Back or a reload: do not reveal what this was (H8, H9)
        response = page(request, "intake/expired.html", status=410, what="page", typed=[], life=False)
        return (
            sealed_session.delete_cookie(response)
            if request.COOKIES.get(settings.SEALED_SESSION_COOKIE_NAME)
            else response
        )
    typed = typed_words(request)
    life = any(map(detector.is_mentioned, typed))
    response = page(request, "intake/expired.html", status=410, what=what, typed=typed, life=life)
    return (
        sealed_session.delete_cookie(response) if request.COOKIES.get(settings.SEALED_SESSION_COOKIE_NAME) else response
    )


def wording_after(session: OpenSession | None) -> Wording:
    """Return the wording after sending, when the answers can no longer be read."""
    return Wording(**session.data.get("wording", {})) if session else wording.ORDINARY


def started_over(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the words of a form of an older draft again, sent after another window began a new draft."""
    typed = typed_words(request)
    life = any(map(detector.is_mentioned, typed))
    onward = draft.next_new_number
    return page(request, "intake/started_over.html", status=409, typed=typed, life=life, onward=onward)


def typed_words(request: HttpRequest) -> list[str]:
    """Return the words in this form that are worth keeping: an answer of the form, or a message behind the code.

    The code and the mail address of a reminder are not: no page shows them again.
    """
    answer, message = request.POST.get("answer", ""), request.POST.get("text", "")
    is_kept = len(answer) > MIN_KEPT_LENGTH or detector.is_mentioned(answer)  # it may also be the key of a choice
    return ([answer] if is_kept else []) + ([message] if message.strip() else [])


def discard(session: OpenSession) -> None:
    """Delete a session, and the bytes of its files."""
    for item in session.row.evidence.all():
        files.remove(item)
    session.delete()


def _current_page_url(request: HttpRequest, number: int) -> str:
    """Return the page to show after another request was faster: its help page, or this step again."""
    session = sealed_session.from_request(request)
    if session and session.data.get("help"):
        return reverse("reports:help_page")
    return reverse("reports:step", kwargs={"number": number})
