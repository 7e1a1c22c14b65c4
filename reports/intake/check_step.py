"""The last page of the form: one sentence, all answers, what could be added, and the button that sends the report."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from safetycenter import limits
from safetycenter.views import SeeOther

from ..crypto.vault.keys import KeyMissingError
from ..questions import uploads
from ..questions.core import ABOUT
from ..staffing import floods
from ..staffing.intake_status import cached_intake_status
from ..views_common import page
from . import puzzle, summary
from .draft import Draft
from .forms import form_for, posted, typed_in
from .navigation import handle_secondary_buttons, is_again, redirect_to_step, url
from .submit import QUARANTINE_TIER, has_signs_of_a_program, may_be_set_aside, submit

log = logging.getLogger(__name__)


def check_step(request: HttpRequest, draft: Draft, number: int) -> HttpResponse:
    """Show the last page, or store the words in its form and send the report.

    ``number`` is the page whose form was sent: another one than the last if another window has changed the answers.
    Then nothing is sent before the reporter has seen the last page again.
    """
    if request.method != "POST":
        return _page(request, draft)
    is_last = number == draft.check_number  # before the words: what they say may change what is asked
    if "ending" in request.POST and (aside := _words_kept(request, draft)):
        return aside
    if not is_last:
        return redirect_to_step(draft, draft.check_number)
    if draft.missing:
        return redirect_to_step(draft, draft.check_number, again=True)
    return _send(request, draft)


def _words_kept(request: HttpRequest, draft: Draft) -> HttpResponse | None:
    """Store the words in the form as an answer; return where to go instead of sending, or None to send."""
    question = draft.question_of(request.POST["ending"]) or draft.ending
    typed = typed_in(question, request.POST)
    if "send" not in request.POST:  # also Enter in the field: it never sends
        draft.keep_unfinished(question, typed)
        opened = draft.number_of(request.POST.get("open", ""))
        if opened is not None:
            return redirect_to_step(draft, opened, returning=True)
        aside = handle_secondary_buttons(request, draft, draft.check_number, False)
        return aside or redirect_to_step(draft, draft.check_number)
    form = form_for(question, request.POST)
    if not form.is_valid():
        draft.keep_unfinished(question, typed, refused=True)
        return redirect_to_step(draft, draft.number_of(question.key) or draft.check_number)
    draft.answer(question, form.value)
    draft.save_changes()
    return None


def _page(request: HttpRequest, draft: Draft) -> HttpResponse:
    question, again = draft.ending, is_again(request)
    is_refused = again and draft.is_refused(question)
    typed = posted(draft.unfinished_contents(question)) if is_refused else None
    form = form_for(question, typed, draft.form_contents(question))
    problems = draft.missing if again and not is_refused else []
    return page(
        request,
        "intake/check.html",
        "step",
        {"number": draft.check_number},
        form=form,
        question=question,
        problems=problems,
        says_who=draft.answers.get(ABOUT.key),
        may_be_empty=not draft.missing or bool(draft.answers.get(question.key)),
        instead=draft.choice_instead,
        no_files=uploads(draft.answers, draft.files_forbidden) == "none",
        is_error=bool(problems or form.errors),
        form_token=draft.form_token,
        progress=draft.progress(draft.check_number),
        intake_status=cached_intake_status(),
        **_puzzle(draft),
        **summary.for_draft(draft),
    )


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
