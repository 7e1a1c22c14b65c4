"""The page of first aid, the button on it that begins the report, and the list of all first aid."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from safetycenter import wording
from safetycenter.wording import Wording

from ..questions.wording import EASY
from ..staffing import breaches
from ..staffing.intake_status import cached_intake_status
from ..views_common import no_store, page, same_origin
from . import first_aid, summary, trusted_adult
from .beginning import begin
from .first_aid import FirstAid
from .navigation import url
from .steps import FIRST_QUESTION, SAFETY_STEP


@no_store
@require_safe
def first_aid_list(request: HttpRequest) -> HttpResponse:
    """Link to all first aid, in the groups in which the form asks what it is about. ``?easy=1``: in easier words.

    It reads no draft, sets no cookie and writes nothing, and answers while the form is closed.
    """
    with wording.use_for(request, Wording(easy=EASY in request.GET)):
        context: dict = {
            "dangers": first_aid.DANGERS,
            "groups": _groups(),
            "unsure": first_aid.UNSURE,
            "other_wording": _in_other_wording(request),
            "intake_status": cached_intake_status(),
        }
        query = f"?{EASY}=1" if EASY in request.GET else ""
        return page(request, "intake/first_aid_list.html", "first_aid_list", query=query, **context)


def _groups() -> list[dict]:
    """Return the headings of the categories, each with their first aid; without what is above and below all of them."""
    elsewhere = (first_aid.LIFE, first_aid.UNSURE)
    found = []
    for group in summary.worded_groups():
        aids = [first_aid.of_category(category.pk) for category in group.members]
        if aids := [aid for aid in aids if aid and aid not in elsewhere]:
            found.append({"heading": group.heading, "aids": aids})
    return found


# Exempt, because a page without a cookie has no CSRF token: the browser says whether this site sent the form. If it
# says nothing, the reporter presses the button once more, on the same page with a token that ``csrf_protect`` checks.
@csrf_exempt
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@same_origin
def first_aid_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show the first aid with this number, or begin the report with what it tells. ``?easy=1``: in easier words."""
    if number in trusted_adult.NUMBERS:
        return trusted_adult.adult_page(request, number)
    found = first_aid.by_number(number)
    if found is None:
        raise Http404
    aid, is_from_outside = found
    with wording.use_for(request, Wording(easy=EASY in request.GET)):
        return _first_aid(request, aid, number, is_from_outside)


def _first_aid(request: HttpRequest, aid: FirstAid, number: int, is_from_outside: bool) -> HttpResponse:
    status = cached_intake_status()
    if request.method == "POST" and status.is_open:
        if request.is_same_origin:  # type: ignore[attr-defined]
            return _begin(request, aid)
        if "csrfmiddlewaretoken" in request.POST:
            return csrf_protect(_begin)(request, aid)
    query = f"?{EASY}=1" if EASY in request.GET else ""
    context: dict = {
        "aid": aid,
        "back": url("first_aid_list") + query if aid.is_listed else url("start"),
        "dangers": first_aid.DANGERS if is_from_outside and not aid.safety else (),
        "other_wording": "" if aid.safety else _in_other_wording(request),
        "life": first_aid.LIFE if aid.may_end_a_life else None,
        "own_picture": first_aid.of_category(aid.own_picture),
        "threatened": aid.threatened,
        "needs_token": request.method == "POST",
        "breaches": breaches.shown_notices(),
    }
    here = {"number": number}
    return page(request, "intake/first_aid.html", "first_aid", here, query=query, intake_status=status, **context)


def _in_other_wording(request: HttpRequest) -> str:
    """Return the address of this page in easier words, or back in ordinary ones."""
    return request.path if EASY in request.GET else f"{request.path}?{EASY}=1"


def _begin(request: HttpRequest, aid: FirstAid) -> HttpResponse:
    answers = {**aid.answers, EASY: "yes"} if EASY in request.GET else aid.answers
    return begin(request, answers, SAFETY_STEP if aid.asks_safety else FIRST_QUESTION)
