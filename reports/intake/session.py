"""The draft that a browser's cookie opens: handed to a view, said to be over, or thrown away."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from safetycenter.hints import View
from safetycenter.views import SeeOther

from ..crypto import sealed_session
from ..crypto.sealed_session import ConflictError, OpenSession, say_time_left
from ..evidence import files
from ..self_harm import detector
from ..views_common import page
from .draft import CODE, DONE, DRAFT, Draft

LONGER_THAN_A_CHOICE = 20  # characters; shorter answers are quickly given again


def with_draft(view: View) -> View:
    """Hand the view its draft; without one, say that the time is over and give back what was typed."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = sealed_session.from_request(request)
        kind = session.data.get("kind") if session else None
        if kind == CODE:  # sent already: a second tap, or the back button
            return SeeOther(reverse("reports:code"))
        if kind == DONE:  # the number and the advice are for whoever sent it, not for the next one on this phone (H8)
            return SeeOther(reverse("reports:start"))
        if session is None or kind != DRAFT:
            return expired(request)
        say_time_left(request, session)
        try:
            draft = Draft(session)
            response = view(request, draft, *args, **kwargs)
            if request.method == "POST":  # reading a page writes nothing, and so gives no time
                draft.save_changes()
            return response
        except ConflictError:
            return SeeOther(_where_it_is(request, kwargs.get("number", 1)))

    return wrapper


def expired(request: HttpRequest, what: str = "draft") -> HttpResponse:
    """Nothing is stored any more; words typed into this form are shown once more so that they can be copied.

    ``what`` is gone: the "draft", or the "code" of a report that was sent. A life at risk in the words is answered.
    """
    if request.method != "POST":  # by Back or a reload: say nothing of what this was (H8, H9)
        response = page(request, "intake/expired.html", status=410, what="page", typed=[], life=False)
        return (
            sealed_session.delete_cookie(response)
            if request.COOKIES.get(settings.SEALED_SESSION_COOKIE_NAME)
            else response
        )
    typed = _typed(request)
    life = any(map(detector.is_mentioned, typed))
    response = page(request, "intake/expired.html", status=410, what=what, typed=typed, life=life)
    return (
        sealed_session.delete_cookie(response) if request.COOKIES.get(settings.SEALED_SESSION_COOKIE_NAME) else response
    )


def started_over(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A form of an older draft was sent after another window began anew: its words are shown once more."""
    typed = _typed(request)
    life = any(map(detector.is_mentioned, typed))
    onward = draft.number_of_what_is_new
    return page(request, "intake/begun_anew.html", status=409, typed=typed, life=life, onward=onward)


def _typed(request: HttpRequest) -> list[str]:
    """The words in this form that are worth keeping. Each form has one field of words, ``answer``."""
    given = request.POST.get("answer", "")
    return [given] if len(given) > LONGER_THAN_A_CHOICE or detector.is_mentioned(given) else []


def discard(session: OpenSession) -> None:
    """Throw a session away, and the bytes of the files in it."""
    for item in session.row.evidence.all():
        files.remove(item)
    session.delete()


def _where_it_is(request: HttpRequest, number: int) -> str:
    """The page to show after another request was faster: the help that it called for, or this step again."""
    session = sealed_session.from_request(request)
    if session and session.data.get("help"):
        return reverse("reports:info")
    return reverse("reports:step", kwargs={"number": number})
