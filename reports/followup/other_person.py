"""The page on which a reporter asks that somebody else handles the report, and the button that takes that back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safetycenter.views import SeeOther

from ..cases import lifecycle
from ..cases.case_effects.other_person import Reason, has_others
from ..cases.case_effects.reporter import next_promise
from ..staffing.hours import in_words
from ..views_common import no_store, page, post_only
from .access import Visit, with_visit
from .visit_page import visit_page

REASONS = {
    Reason.KNOWN: gettext_lazy("We may know each other"),
    Reason.TONE: gettext_lazy("The way this person writes makes me uneasy"),
    Reason.HELP: gettext_lazy("The answers don't help me"),
    Reason.SKIP: gettext_lazy("I'd rather not say"),
}


class OtherPersonForm(forms.Form):
    """The optional reason. Nothing is to be written: words would have to be read by somebody."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Do you want to say why?"),
        help_text=gettext_lazy("You can skip this. The answer will not be shown here again."),
        choices=list(REASONS.items()),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].says_when_needed = True  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        """Return the reason; none given is the answer "I'd rather not say"."""
        return self.cleaned_data["reason"] or Reason.SKIP


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@with_visit
def other_person(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say what the request does and by when, and take it."""
    if visit.case.frozen_at or "request_other" not in lifecycle.allowed_to_reporter(visit.case):
        return SeeOther(reverse("reports:visit"))
    form = OtherPersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _perform(request, visit, "request_other", reason=form.cleaned_data["reason"])
    when = in_words(next_promise(visit.case))
    context: dict[str, Any] = {
        "form": form,
        "when": when,
        "has_others": has_others(visit.case),
        "is_error": bool(form.errors),
    }
    return page(request, "followup/other_person.html", "other_person", **context)


@no_store
@post_only("visit")
@with_visit
def cancel_other(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take the request back, if nobody has taken the report since."""
    return _perform(request, visit, "cancel_other")


def _perform(request: HttpRequest, visit: Visit, action: str, **details: Any) -> HttpResponse:
    try:
        lifecycle.perform(visit.case, action, **details)
    except lifecycle.NotAllowed as refusal:
        visit.case.refresh_from_db()
        return visit_page(request, visit, refusal=str(refusal))
    return SeeOther(reverse("reports:visit"))
