"""The page on which staff enter a report for somebody, and the page that shows its code once."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from safetycenter import kept_form
from safetycenter.roles import role_required

from ..cases.case_action import HANDLE
from ..crypto.vault.keys import KeyMissingError
from .enter import draft_of, enter, refusals
from .forms import ReportForm


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(HANDLE)
def new_report(request: HttpRequest) -> HttpResponse:
    """Show the form, or file the report and show its number and code. Raises PermissionDenied for other staff.

    The first answers show the form again with the questions that they make decisive, as the public form asks them.

    The code is in this response only, and stored nowhere. What was typed before a sign-in is shown, and not yet filed.
    """
    form = ReportForm(request.POST or None)
    is_kept = kept_form.KEPT_FIELD in request.POST
    refused = getattr(request, "refused_uploads", [])
    context = {**admin.site.each_context(request), "title": _("Enter a report for somebody"), "form": form}
    context |= {"is_kept": is_kept, "writer_field": kept_form.writer_field(request)}
    # Browsers keep no file for the page that is shown again, and none comes along over a sign-in.
    context["files_dropped"] = bool(request.FILES or refused or kept_form.FILES_FIELD in request.POST)
    if is_kept or not form.is_valid() or form.needs_more:
        return render(request, "reports/on_behalf/form.html", context, status=422 if form.errors else 200)
    draft, uploads = draft_of(form), request.FILES.getlist("files")
    for sentence in refusals(draft, uploads, refused):
        form.add_error(None, sentence)
    if form.errors:
        return render(request, "reports/on_behalf/form.html", context, status=422)
    try:
        receipt, case = enter(form, draft, request.user, uploads)
    except KeyMissingError:
        form.add_error(
            None, _("This server lacks a key to seal the report. Nothing was filed. Tell the administrator.")
        )
        return render(request, "reports/on_behalf/form.html", context, status=503)
    context |= {"receipt": receipt, "case": case, "gets_code": not case.unreachable}
    return render(request, "reports/on_behalf/entered.html", context)
