"""The requests of reporters about their own data that wait for an answer, each with the end of its 3×24 hours."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from safetycenter.roles import Account, role_required

from ..cases.case_action import HANDLE
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.data_request import DataRequest
from .action_form import ActionForm

SHOWN = 50


class AnswerForm(ActionForm):
    """The answer to one open request of the case."""

    request: forms.ModelChoiceField = forms.ModelChoiceField(None, label=gettext_lazy("Request"), empty_label=None)
    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=DataRequest.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an answer.")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("If it is not possible, or only in part: why?"),
        help_text=gettext_lazy("The reporter reads a sentence for it. Write anything else as a message."),
        choices=[("", "–"), *DataRequest.Reason.choices],
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["request"]
        field.queryset = case.data_requests.filter(answered_at=None)
        field.label_from_instance = lambda row: row.get_kind_display()


def open_requests(cases: CaseQuerySet) -> QuerySet[DataRequest]:
    """Return the requests of ``cases`` that wait for an answer, the first due first."""
    return DataRequest.objects.filter(answered_at=None, case__in=cases.order_by().values("pk")).order_by("due_at")


def _withdrawn(cases: CaseQuerySet, user: Account) -> list[Case]:
    """Return the most urgent of the withdrawn cases that wait for ``user``, the first due first.

    Not the first due of all: PostgreSQL would read and sort every one, while those in queue order have an index.
    """
    urgent = cases.withdrawn_for(user).by_urgency()[:SHOWN]
    return sorted(urgent, key=lambda case: case.withdraw_at or case.due_at)


@require_GET
@role_required(HANDLE)
def data_requests(request: HttpRequest) -> HttpResponse:
    """List the open requests, and how many reports were withdrawn and wait for a lead."""
    cases = Case.objects.readable_by(request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Requests about data"),
        # Cases by a second query: else PostgreSQL looks up every request for somebody who sees few cases.
        "rows": list(open_requests(cases).prefetch_related("case")[:SHOWN]),
        "withdrawn": _withdrawn(cases, request.user),
    }
    return render(request, "reports/triage/data_requests.html", context)
