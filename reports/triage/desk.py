"""The case page, and the one view through which every action goes."""

from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safetycenter.hints import View
from safetycenter.roles import Account, has_role_permission

from ..cases import guards, lease, lifecycle
from ..evidence import file_gate
from ..models.case import Case, State
from ..models.case_queryset import CaseQuerySet
from . import reply_templates
from .case_view import CaseView, linked, read_parts, with_linked
from .flags import flags
from .forms import ActionForm, OpenForm, form_for, names_of_words
from .queue import TIERS, reasons
from .why import why


def with_case(view: View) -> View:
    """Pass the view the case with the reference ``ref``, in printed or stored form, that this person may read.

    Raises Http404 for any other case, as for one that does not exist.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, ref: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, _case_or_404(Case.objects.readable_by(request.user), ref), *args, **kwargs)

    return wrapper


@require_GET
def case_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the case: facts first, the story folded, files closed. Record that the page was opened."""
    return _show(request, ref)


@require_POST
def release_from_row(request: HttpRequest, ref: str) -> HttpResponse:
    """Admit a case from its row in the queue, for people who do not read cases. Raises Http404 for anyone else."""
    case = _case_or_404(Case.objects.visible_to(request.user), ref)
    form = form_for("release_from_quarantine", case, request.user, request.POST)
    if (
        not has_role_permission(request.user, lifecycle.ACTIONS["release_from_quarantine"].permission)
        or not form.is_valid()
    ):
        raise Http404
    try:
        lifecycle.perform(
            case, "release_from_quarantine", by=request.user, expected_version=form.cleaned_data["version"]
        )
    except lifecycle.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _done_message("release_from_quarantine"))
    return redirect(reverse("admin:reports_case_changelist") + "?show=quarantined")


@require_http_methods(["GET", "POST"])
@with_case
def act(request: HttpRequest, case: Case, action: str) -> HttpResponse:
    """Do one action of the table on this case. A GET request redirects to the case."""
    ref = case.reference
    if action not in lifecycle.STAFF_ACTIONS:
        raise Http404
    if request.method == "GET":
        messages.info(request, _("Nothing was sent. Choose the action again."))
        return redirect("admin:reports_case_page", ref=case.reference)
    if {"fill", "still"} & request.POST.keys():
        return _show(request, ref, opened={action: _form_with_template(action, case, request.user, request.POST)})
    form = form_for(action, case, request.user, request.POST)
    if not form.is_valid():
        return _show(request, ref, opened={action: form}, status=422)
    try:
        changed = lifecycle.perform(
            case, action, by=request.user, expected_version=form.cleaned_data["version"], **form.details
        )
    except lifecycle.NotAllowed as refusal:
        # Keep what was typed on the page; the version is new, so that the person can look again and confirm.
        case.refresh_from_db()
        form = form_for(action, case, request.user, request.POST.dict() | {"version": case.version})
        return _show(request, ref, opened={action: form}, refusal=str(refusal), status=409)
    messages.success(request, _done_message(action))
    if not Case.objects.readable_by(request.user).filter(pk=changed.pk).exists():
        return redirect("admin:reports_case_changelist")
    return redirect("admin:reports_case_page", ref=case.reference)


def _case_or_404(cases: CaseQuerySet, ref: str) -> Case:
    case = _with_reference(cases, ref).first()
    if case is None:
        raise Http404
    return case


def _with_reference(cases: CaseQuerySet, ref: str) -> CaseQuerySet:
    return cases.select_related("category", "handler").filter(reference=ref.replace("-", "").upper())


def _done_message(action: str) -> str:
    return _("Done: %(action)s.") % {"action": lifecycle.ACTIONS[action].label}


def preserve_typed_text(view_func: View) -> View:
    """Give back what was typed when the session has ended, before ``view_func`` asks to sign in."""

    @wraps(view_func)
    def view(request: HttpRequest, ref: str, action: str) -> HttpResponseBase:
        if request.method != "POST" or admin.site.has_permission(request):
            return view_func(request, ref=ref, action=action)
        words = [request.POST[name] for name in names_of_words(action) if request.POST.get(name)]
        context = {**admin.site.each_context(request), "title": _("You were signed out"), "words": words, "ref": ref}
        return render(request, "reports/triage/signed_out.html", context, status=403)

    return view


def _show(
    request: HttpRequest, ref: str, opened: dict | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    case = _record_view(request.user, ref)
    read_parts(case)
    reading = CaseView(case, request.user)
    context = {
        **admin.site.each_context(request),
        "title": case.display_reference,
        "case": case,
        "tier": TIERS[case.tier],
        "why": why(case),
        "reasons": reasons(case),
        "reading": reading,
        "linked": linked(case, request.user),
        "labels": {name: row.label for name, row in lifecycle.ACTIONS.items()},
        "actions": _actions(reading, request.user, opened or {}),
        "flags": flags(case),
        "files": _files(case, request.user, reading),
        "may_open_files": not case.suspected_material_at and not guards.may_open_files(case, request.user),
        "refusal": refusal,
        "mine": case.handler_id == request.user.pk,
        # In other states the handler keeps the case until they act: no lease expires.
        "has_lease": case.is_leased and case.state == State.IN_PROGRESS,
        "lease_minutes": lease.LEASE.seconds // 60,
    }
    return render(request, "reports/triage/case.html", context, status=status)


def _record_view(user: Account, ref: str) -> Case:
    """Return the case that ``user`` may read, after it was recorded that they look at it. Raises Http404."""
    cases = with_linked(_with_reference(Case.objects.readable_by(user), ref))
    if has_role_permission(user, "reports.handle_restricted") or has_role_permission(user, "reports.handle_withheld"):
        cases = file_gate.with_links(cases)  # they read why a file stays closed
    case = lease.record_view(cases, user)
    if case is None:
        raise Http404
    return case


def _files(case: Case, user: Account, reading: CaseView) -> list[tuple]:
    """Return each file with its form and, for child safety only, the reason why it stays closed."""
    items = [(item, OpenForm(auto_id=f"file-{item.pk}-%s")) for item in case.evidence.all()]
    if not items or not has_role_permission(user, case.child_safety_permission):
        return [(*item, None) for item in items]
    answers, linked = reading.answers(), file_gate.link_status(case)
    causes = [file_gate.closing_cause(case, answers, item, linked) for item, _form in items]
    return [(*item, file_gate.CAUSES.get(cause)) for item, cause in zip(items, causes, strict=True)]


def _form_with_template(action: str, case: Case, by: Account, data: Any) -> ActionForm:
    """Return the form with what was typed, followed by the text of the chosen reply template."""
    typed = data.dict()
    if "fill" in data:
        typed |= {"text": reply_templates.insert(data.get("text", ""), data.get("template", "")), "template": ""}
    return form_for(action, case, by, **typed)


def _actions(reading: CaseView, user: Account, opened: dict) -> list[dict]:
    case, labels = reading.case, reading.parts.actions
    rows = [
        {"name": name, "label": label, "form": opened.get(name) or form_for(name, case, user)}
        for name, label in labels.items()
    ]
    # A refused action keeps its form on the page, so that nothing typed is lost.
    rows += [
        {"name": name, "label": lifecycle.ACTIONS[name].label, "form": form, "refused": True}
        for name, form in opened.items()
        if name not in labels
    ]
    return [row | {"open": row["name"] in opened} for row in rows]
