"""Where each page of the form leads: to the next step, to help that an answer makes relevant, or back.

People who are ``returning`` came from the last page to change something, and go back there. The URL says so
(``?review=1``), so it survives every page on the way and is not stored on the server.

An invalid answer leads to its page with ``again`` (``?again=1``), which says why. So the Back button of a phone and a
reload request a page, and never send a form a second time.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from safetycenter.views import SeeOther

from ..views_common import KEPT_ANCHOR
from . import help_pages, trusted_adult
from .draft import Draft
from .steps import FIRST_QUESTION, SAFETY_PAGE

RETURNING = "review"
AGAIN = "again"
# Buttons that keep what was typed and answer nothing: back, more time, language, easier words, help from an adult.
SECONDARY = {"back", "stay", "language", "easy", "adult"}


def url(name: str, **kwargs: Any) -> str:
    """Return the URL of a page of the form in the active language."""
    return reverse(f"reports:{name}", kwargs=kwargs)


def step_url(number: int, returning: bool = False, again: bool = False) -> str:
    """Return the URL of step ``number``; with ``again`` the page says why the answer was not valid."""
    given = {name: 1 for name, is_so in ((RETURNING, returning), (AGAIN, again)) if is_so}
    return url("step", number=number) + (f"?{urlencode(given)}" if given else "")


def is_returning(request: HttpRequest) -> bool:
    """Return whether this page was opened from the last page, to change or add something."""
    return RETURNING in request.GET or RETURNING in request.POST


def is_again(request: HttpRequest) -> bool:
    """Return whether this page was requested to say why the answer was not valid."""
    return AGAIN in request.GET


def redirect_to_step(
    draft: Draft, number: int, returning: bool = False, mark: str = "", again: bool = False
) -> HttpResponse:
    """Redirect to step ``number``, or first to a help page that an answer makes relevant and that was not shown yet.

    The URL of a step whose answer was not valid, or at which something is missing (``again``), says so.
    """
    again = again or draft.is_refused_at(number)
    onward = {"returning": returning and number != draft.check_number, "again": again}
    called = help_pages.due(draft.answers, draft.keys_before(number), draft.session.data["shown"])
    name = help_pages.page_of(called or "")
    # The help of the category is due last. It is above a question of this page, or of one that is still to come.
    is_above = name == help_pages.CATEGORY_PAGE and draft.is_before_help_above(number)
    if not name or is_above or number <= SAFETY_PAGE:  # the help for danger comes before all other help
        draft.change(help=None)
        _note_help_above(draft, number)
        return SeeOther(step_url(number, **onward) + mark)
    # It counts as shown once it is left by its button: an answer that is sent twice ends at the help.
    draft.change(help=name, onward=number, returning=returning)
    return SeeOther(url("help_page"))


def note_help(draft: Draft, name: str) -> None:
    """Count the help page ``name`` as shown."""
    mark = help_pages.mark_of(name, draft.answers)
    draft.change(help=None, shown=[*(one for one in draft.session.data["shown"] if one != mark), mark])


def _note_help_above(draft: Draft, number: int) -> None:
    if draft.has_help_above and number == draft.number_of_help_above:
        note_help(draft, help_pages.CATEGORY_PAGE)


def after_help(draft: Draft) -> HttpResponse:
    """Redirect from a help page to the step that was the target before it."""
    number, returning = draft.session.data["onward"], draft.session.data["returning"]
    _note_help_above(draft, number)
    return SeeOther(step_url(number, returning and number != draft.check_number, draft.is_refused_at(number)))


def before_help(draft: Draft) -> HttpResponse:
    """Redirect from a help page back to the question whose answer made it relevant."""
    number = draft.number_of(draft.session.data["last"])
    if number is None:  # the question is no longer asked, because another tab has changed an answer
        return SeeOther(step_url(draft.next_new_number))
    return SeeOther(step_url(number, draft.session.data["returning"]))


def handle_secondary_buttons(request: HttpRequest, draft: Draft, number: int, returning: bool) -> HttpResponse | None:
    """Return the redirect for a button of ``SECONDARY``; None for any other button."""
    if "back" in request.POST:
        if returning:
            draft.pass_page(number)  # they have seen it and want to continue; further new questions come first
            return redirect_to_step(draft, draft.next_new_number, returning)
        if number == 0 or (number == FIRST_QUESTION and "safety" not in draft.answers):
            return SeeOther(url("start"))  # it never shows a draft; nothing is lost until it is answered again
        return redirect_to_step(draft, draft.number_before(number, returning), returning)
    if "stay" in request.POST:
        return redirect_to_step(draft, number, returning, KEPT_ANCHOR)
    if "easy" in request.POST:
        draft.use_easy_words(request.POST["easy"] == "1")
        return redirect_to_step(draft, number, returning)
    if "adult" in request.POST:
        return SeeOther(trusted_adult.url_of(back=str(number)))
    if (language := request.POST.get("language")) in dict(settings.LANGUAGES):
        draft.change(language=language)  # staff will answer in this language
        with translation.override(language):
            return redirect_to_step(draft, number, returning)
    return None
