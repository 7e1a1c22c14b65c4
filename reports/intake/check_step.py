"""The last page of the form: all answers, what could be added, and the button that sends the report."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from safetycenter import limits
from safetycenter.views import SeeOther

from ..crypto.vault.keys import KeyMissingError
from ..questions.core import ABOUT
from ..staffing.intake_status import cached_intake_status
from ..views_common import page
from . import summary
from .draft import Draft
from .navigation import is_again, step_url, url
from .submit import is_suspicious, submit

log = logging.getLogger(__name__)


def check_step(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what will be sent, or send it."""
    problems = draft.missing
    if request.method == "POST":
        return SeeOther(step_url(draft.check_number, again=True)) if problems else _send(request, draft)
    problems = problems if is_again(request) else []
    return page(
        request,
        "intake/check.html",
        "step",
        {"number": draft.check_number},
        problems=problems,
        remedy=_remedy_url(draft),
        is_error=bool(problems),
        number=draft.check_number,
        form_token=draft.form_token,
        before=step_url(draft.last_number),
        progress=draft.progress(draft.check_number),
        intake_status=cached_intake_status(),
        **summary.for_draft(draft),
    )


def _remedy_url(draft: Draft) -> str:
    """Return where to add what is missing: who it is about, else the reporter's own words, or a link."""
    key = "words" if draft.answers.get(ABOUT.key) else ABOUT.key
    return step_url(draft.number_of(key) or draft.number_of("account_or_link"), returning=True)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    within = limits.SUBMIT.hit(limits.address_of(request))
    draft.session.data["language"] = get_language()  # the language that they read last is the one to answer in
    try:
        suspicious = is_suspicious(draft, request.POST.get("website", ""), within)
        submit(draft, suspicious, limits.network_of(request))
    except (DatabaseError, KeyMissingError) as error:  # the draft is unchanged and can be sent later
        log.error("a report could not be filed", extra={"facts": {"error": type(error).__name__}})
        here, state = {"number": draft.check_number}, cached_intake_status()
        return page(request, "intake/closed.html", "step", here, 503, intake_status=state, answers=url("step", **here))
    return SeeOther(url("code"))
