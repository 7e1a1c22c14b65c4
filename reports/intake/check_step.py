"""The last page of the form: all answers, what could be added, and the button that sends the report."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from safetycenter import limits
from safetycenter.views import SeeOther

from ..crypto.vault.keys import KeyMissingError
from ..questions.core import ABOUT
from ..staffing import floods
from ..staffing.intake_status import cached_intake_status
from ..views_common import page
from . import puzzle, summary
from .draft import Draft
from .navigation import is_again, step_url, url
from .submit import QUARANTINE_TIER, has_signs_of_a_program, may_be_set_aside, submit

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
        **_puzzle(draft),
        **summary.for_draft(draft),
    )


def _remedy_url(draft: Draft) -> str:
    """Return where to add what is missing: who it is about, else the reporter's own words, or a link."""
    key = "words" if draft.answers.get(ABOUT.key) else ABOUT.key
    return step_url(draft.number_of(key) or draft.number_of("account_or_link"), returning=True)


def _puzzle(draft: Draft) -> dict:
    """Return what the page needs to ask for a proof of work: nothing outside a flood, or if the report never waits."""
    if not (floods.is_running() and may_be_set_aside(draft.answers)):
        return {}
    looked_at_by = cached_intake_status().roster.promise(QUARANTINE_TIER, timezone.now())
    return {"puzzle": puzzle.make(draft), "looked_at_by": looked_at_by}


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    draft.session.data["language"] = get_language()  # the language that they read last is the one to answer in
    try:
        submit(draft, _is_suspicious(request, draft), limits.network_of(request))
    except (DatabaseError, KeyMissingError) as error:  # the draft is unchanged and can be sent later
        log.error("a report could not be filed", extra={"facts": {"error": type(error).__name__}})
        here, state = {"number": draft.check_number}, cached_intake_status()
        return page(request, "intake/closed.html", "step", here, 503, intake_status=state, answers=url("step", **here))
    return SeeOther(url("code"))


def _is_suspicious(request: HttpRequest, draft: Draft) -> bool:
    """Count the report; return whether a program may have sent it. That sets it aside, and never drops it (H19).

    The right proof of work lifts the limit of an address, which many people may share. During a flood every report
    needs it, but no refusal follows from its absence: a phone without script cannot have it.
    """
    signs, flooded = has_signs_of_a_program(draft, request.POST.get("website", "")), floods.is_running()
    over_limit = not limits.SUBMIT.hit(limits.address_of(request))
    floods.count(signs or over_limit)
    solved = puzzle.is_solved(draft, request.POST.get("puzzle", ""))
    suspicious = signs or ((over_limit or flooded) and not solved)
    if flooded:
        floods.note(solved, suspicious and may_be_set_aside(draft.answers))
    return suspicious
