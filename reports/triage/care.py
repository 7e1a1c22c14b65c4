"""Each person's page about their own load: what they read today, what they choose not to get, whom they can call."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safetycenter.roles import Account, has_role_permission, role_required

from ..cases.case_action import HANDLE
from ..models.care import DeskSettings, OptOut
from ..models.category import Category
from ..staffing.exposure import OwnDay


class OptOutForm(forms.Form):
    """The categories of which a person does not want to get cases."""

    categories = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Give me no cases about"),
        help_text=gettext_lazy(
            "Without a reason, at once, and until you change it. Nobody is shown what you chose. Urgent cases (P0 and "
            "P1) wait for nobody, so you get these too. You may give them back or hand them over."
        ),
        queryset=Category.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@require_http_methods(["GET", "POST"])
@role_required("reports.view_case")
def care(request: HttpRequest) -> HttpResponse:
    """Show the page, or save the choice of categories. Raises PermissionDenied for staff who see no cases."""
    handles = has_role_permission(request.user, HANDLE)
    form = OptOutForm(request.POST) if request.method == "POST" else None
    if handles and form and form.is_valid():
        _save(request.user, form.cleaned_data["categories"])
        messages.success(request, _("Your choice is saved. It applies from now on."))
        return redirect("admin:reports_case_care")
    day = OwnDay.of(request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Your wellbeing"),
        "wellbeing": DeskSettings.current().wellbeing,
        "numbers": _numbers(day) if handles else [],
        "form": (form or OptOutForm(initial={"categories": list(day.opt_outs)})) if handles else None,
    }
    return render(request, "reports/triage/care.html", context)


def _numbers(day: OwnDay) -> list[tuple[Any, int, int]]:
    read, limits = day.exposure, day.limits
    return [
        (_("Stories read"), read.stories, limits.stories),
        (_("Conversations read"), read.threads, limits.threads),
        (_("Pictures opened"), read.pictures, limits.pictures),
    ]


def _save(user: Account, categories: Any) -> None:
    with transaction.atomic():
        OptOut.objects.filter(person=user.pk or 0).exclude(category__in=categories).delete()
        rows = [OptOut(person_id=user.pk or 0, category=category) for category in categories]
        OptOut.objects.bulk_create(rows, ignore_conflicts=True)
