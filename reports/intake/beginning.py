"""Begin a draft: from an answer of the first page, or from the question about safety."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from safetycenter import limits
from safetycenter.views import SeeOther, retry_after

from ..crypto import sealed_session
from ..crypto.sealed_session import OpenSession
from ..questions import Answers
from ..views_common import page
from .draft import CODE, DRAFT, Draft
from .navigation import step_url, url
from .session import discard
from .steps import FIRST_QUESTION

SAME_PRESS = 10  # seconds in which a second press of the same answer is taken for the first one


def begin(request: HttpRequest, answers: Answers, number: int = FIRST_QUESTION) -> HttpResponse:
    """Begin a draft with ``answers`` and redirect to its step ``number``; the draft before it is deleted."""
    old = sealed_session.from_request(request)
    if old and old.data["kind"] == CODE:
        return SeeOther(url("code"))  # the only copy of a code that may not have been written down yet
    if old and _is_pressed_twice(old, answers):
        return SeeOther(step_url(number))
    if not _may_begin(request, answers):
        return retry_after(page(request, "intake/busy.html", "start"), limits.DRAFT.wait)
    if old:
        discard(old)
    draft = Draft.begin(get_language(), answers)
    draft.save()
    return sealed_session.set_cookie(SeeOther(step_url(number)), draft.session)


def _may_begin(request: HttpRequest, answers: Answers) -> bool:
    """Return whether this network may open one more draft now. Only people who are safe have the lower limit."""
    limit = limits.DRAFT if answers.get("safety") == "safe" else limits.DRAFT_IN_DANGER
    return limit.hit(limits.address_of(request))


def _is_pressed_twice(old: OpenSession, answers: Answers) -> bool:
    """Return whether ``old`` is a draft of seconds ago that these answers began, with nothing answered since."""
    if old.data["kind"] != DRAFT or old.data["language"] != get_language():
        return False
    is_new = 0 <= timezone.now().timestamp() - old.data["started"] < SAME_PRESS
    return is_new and Draft(old).answers == answers
