"""The page of the code on which reporters read what is stored about them and ask to correct, stop or delete it.

It shows kinds and numbers, never a word of the report: a stranger may have the code (safety rule H6).
"""

from contextlib import suppress
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safetycenter.views import SeeOther

from ..cases import lifecycle, reminders
from ..models.data_request import DataRequest
from ..views_common import no_store, page, post_only
from .access import Visit, with_visit

Kind, Answer, Reason = DataRequest.Kind, DataRequest.Answer, DataRequest.Reason
ASKED = {
    Kind.ACCESS: gettext_lazy("A person should tell me more about what is stored"),
    Kind.CORRECT: gettext_lazy("Something is wrong and should be corrected"),
    Kind.STOP: gettext_lazy("Don't use my report for now"),
}
ANSWERED = {
    (Kind.ACCESS, Answer.DONE): gettext_lazy("Answered. The answer is in the messages."),
    (Kind.CORRECT, Answer.DONE): gettext_lazy("Corrected."),
    (Kind.STOP, Answer.DONE): gettext_lazy("We are not using your report now, and we pass nothing on."),
}
ALLOWED_AGAIN = gettext_lazy("You allowed us to use it again.")
PARTLY = gettext_lazy("We could only do part of it.")
REFUSED = gettext_lazy("We cannot do this.")
REASONS = {
    Reason.HOLD: gettext_lazy("The law requires us to keep it as it is for now."),
    Reason.CHILD: gettext_lazy("A child or a life may be at risk. Then we must go on."),
    Reason.UNCLEAR: gettext_lazy("We did not understand what you mean. Our question is in the messages."),
}


class DataForm(forms.Form):
    """What the reporter asks for. To pause and to delete have separate pages."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want?"),
        choices=[(kind, asked) for kind, asked in ASKED.items() if kind != Kind.STOP],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you want.")},
    )


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@with_visit
def own_data(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what is stored, in kinds and numbers, and what was asked; take a request."""
    if visit.case.frozen_at:
        return SeeOther(reverse("reports:visit"))
    form = DataForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            lifecycle.perform(visit.case, "data_request", kind=form.cleaned_data["kind"])
        except lifecycle.NotAllowed as refused:
            refusal = str(refused)
        else:
            return SeeOther(reverse("reports:own_data"))
    return page(request, "followup/own_data.html", "own_data", form=form, refusal=refusal, **_context(visit))


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@with_visit
def pause(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say what a pause stops and what goes on, and pause the use of the report (UU 27/2022 article 41)."""
    if visit.case.frozen_at:
        return SeeOther(reverse("reports:visit"))
    if request.method == "POST":
        with suppress(lifecycle.NotAllowed):  # a double tap: it is paused already
            lifecycle.perform(visit.case, "data_request", kind=Kind.STOP)
        return SeeOther(reverse("reports:visit"))
    return page(request, "followup/pause.html", "pause", case=visit.case)


@no_store
@post_only("visit")
@with_visit
def allow_use_again(request: HttpRequest, visit: Visit) -> HttpResponse:
    """End the stop; nothing happens if there is none."""
    with suppress(lifecycle.NotAllowed):
        lifecycle.perform(visit.case, "allow_use_again")
    return SeeOther(reverse("reports:visit"))


def in_words(request: DataRequest) -> str:
    """Return the answer as the reporter reads it; empty while there is none.

    A stop that was answered before a child or a life came to be at risk does not hold any more, and the answer says so.
    """
    if not request.answer:
        return ""
    if request.ended_at:
        return str(ALLOWED_AGAIN)
    if request.answer == Answer.DONE:
        if request.stops_use and request.case.is_at_risk:
            return f"{REFUSED} {REASONS[Reason.CHILD]}"
        return str(ANSWERED[Kind(request.kind), Answer.DONE])
    said = PARTLY if request.answer == Answer.PARTLY else REFUSED
    return f"{said} {REASONS[Reason(request.reason)]}"


def _context(visit: Visit) -> dict[str, Any]:
    case, rows = visit.case, list(visit.case.data_requests.all())
    return {
        "case": case,
        "messages_count": case.messages.count(),
        "files_count": case.evidence.count(),
        "added_count": case.data_keys.filter(sealed__isnull=False).count(),
        "requests": [(row, ASKED[Kind(row.kind)], in_words(row)) for row in rows],
        "withdrawn": case.withdraw_at is not None,
        "has_reminder": reminders.rows().filter(case=case).exists(),
    }
