"""The pages of the sampled second look: take one, read the story, decide without knowing the first decision."""

from django import forms
from django.contrib import admin, messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safetycenter.roles import role_required

from ..cases import second_look
from ..cases.case_action import HANDLE
from ..models.category import Category
from ..models.state import Outcome
from ..staffing.exposure import OwnDay
from .case_view import CaseView
from .why import TIERS

CHOICES = [choice for choice in Outcome.choices if choice[0] != Outcome.WITHDRAWN]


class SecondLookForm(forms.Form):
    """What the second person would decide."""

    category = forms.ModelChoiceField(
        label=gettext_lazy("Category"),
        queryset=Category.objects.all(),
        error_messages={"required": gettext_lazy("Choose a category.")},
    )
    tier = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        choices=[("", "---------"), *((tier, f"P{tier}") for tier in TIERS)],
        coerce=int,
        error_messages={"required": gettext_lazy("Choose a priority.")},
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        help_text=gettext_lazy("If the story is not enough to choose one, say so: that is counted separately."),
        choices=[("", "---------"), ("unclear", gettext_lazy("The story is not enough")), *CHOICES],
        error_messages={"required": gettext_lazy("Choose an outcome.")},
    )


@require_http_methods(["GET", "POST"])
@role_required(HANDLE)
def begin(request: HttpRequest) -> HttpResponse:
    """Say how many looks wait for this person; a POST takes the oldest one, unless a limit of the day is reached."""
    if request.method == "POST":
        if not OwnDay.of(request.user).is_within_limits:
            messages.info(request, _("You have read enough for today: a limit is reached. A second look can wait."))
        elif look := second_look.take(request.user):
            return redirect("admin:reports_case_second_look", pk=look.pk)
        return redirect("admin:reports_case_second_looks")
    context = {
        **admin.site.each_context(request),
        "title": _("Second look"),
        "waiting": second_look.waiting_for(request.user).count(),
        "one_in": second_look.ONE_IN,
    }
    return render(request, "reports/triage/second_looks.html", context)


@require_http_methods(["GET", "POST"])
@role_required(HANDLE)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the story and the form, recorded; a POST counts the decision. Raises Http404 for a look of somebody else."""
    found = get_object_or_404(second_look.taken_by(request.user), pk=pk)
    form = SecondLookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        outcome = "" if chosen["outcome"] == "unclear" else chosen["outcome"]
        second_look.decide(found, chosen["category"].pk, chosen["tier"], outcome)
        messages.success(request, _("Thank you. Only the comparison is counted, without names."))
        return redirect("admin:reports_case_second_looks")
    second_look.record_reading(found)
    prefetch_related_objects([found.case], "data_keys")
    context = {
        **admin.site.each_context(request),
        "title": _("Second look"),
        "reading": CaseView(found.case, request.user),
        "language": found.case.get_language_display(),
        "form": form,
    }
    return render(request, "reports/triage/second_look.html", context, status=422 if form.errors else 200)
