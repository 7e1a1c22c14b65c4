"""Where a page of the form leads: the next step, the help that an answer calls for on the way, or back.

``returning`` people came from the last page to change something; they are led back there. The address says so
(``?review=1``), so that it survives every page on the way and no server has to remember it.

An answer that cannot be taken leads to its own page ``again`` (``?again=1``), which says why. The phone's Back and a
reload then ask for a page and never for a form to be sent once more.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from safetycenter.views import SeeOther

from ..views_common import KEPT
from . import help_pages
from .draft import Draft

RETURNING = "review"
AGAIN = "again"


def url(name: str, **kwargs: Any) -> str:
    """The address of a page of the form in the active language."""
    return reverse(f"reports:{name}", kwargs=kwargs)


def step_url(number: int, returning: bool = False, again: bool = False) -> str:
    """The address of step ``number``; ``again`` shows why what was sent there could not be taken."""
    given = {name: 1 for name, is_so in ((RETURNING, returning), (AGAIN, again)) if is_so}
    return url("step", number=number) + (f"?{urlencode(given)}" if given else "")


def is_returning(request: HttpRequest) -> bool:
    """Whether this page was reached from the last page, to change or add something."""
    return RETURNING in request.GET or RETURNING in request.POST


def is_again(request: HttpRequest) -> bool:
    """Whether this page is asked for to say why what was sent could not be taken."""
    return AGAIN in request.GET


def redirect_to_step(draft: Draft, number: int, returning: bool = False, mark: str = "") -> HttpResponse:
    """Lead to step ``number``; if an answer calls for help that was not shown yet, by way of that page.

    A step whose answer could not be taken says so.
    """
    onward = {"returning": returning and number != draft.check_number, "again": draft.is_refused_at(number)}
    name = help_pages.due(draft.answers, draft.passed(number), draft.session.data["shown"])
    if name is None:
        return SeeOther(step_url(number, **onward) + mark)
    draft.change(help=name, onward=number, returning=returning, shown=[*draft.session.data["shown"], name])
    return SeeOther(url("info"))


def after_help(draft: Draft) -> HttpResponse:
    """Go on from a page of help to the step that was meant."""
    number, returning = draft.session.data["onward"], draft.session.data["returning"]
    return SeeOther(step_url(number, returning and number != draft.check_number, draft.is_refused_at(number)))


def before_help(draft: Draft) -> HttpResponse:
    """Go back from a page of help to the question whose answer called for it."""
    number = draft.number_of(draft.session.data["last"])
    if number is None:  # no longer asked, because another tab has changed the road
        return SeeOther(step_url(draft.number_of_what_is_new))
    return SeeOther(step_url(number, draft.session.data["returning"]))


def handle_secondary_buttons(request: HttpRequest, draft: Draft, number: int, returning: bool) -> HttpResponse | None:
    """Where "Back", "I need more time" and the other language lead; None when another button was pressed."""
    if "back" in request.POST:
        if returning:
            draft.pass_first_part()  # they have seen what is new and want to go on
        elif number == 0:
            return SeeOther(url("start"))  # which never shows a draft; nothing is lost until it is answered anew
        return redirect_to_step(draft, draft.number_before(number, returning), returning)
    if "stay" in request.POST:
        return redirect_to_step(draft, number, returning, KEPT)
    if (language := request.POST.get("language")) in dict(settings.LANGUAGES):
        draft.change(language=language)  # the case will be answered in it
        with translation.override(language):
            return redirect_to_step(draft, number, returning)
    return None
