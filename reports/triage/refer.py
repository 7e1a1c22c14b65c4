"""The page on which a case is passed on to an agency, or on which staff decide not to (safety rules K1, K5, J4).

The facts of a package are chosen here, a second person approves it,
and every download of a package is recorded.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from safetycenter import wording
from safetycenter.accounts.proof import confirmed
from safetycenter.roles import Account
from safetycenter.transitions import available
from safetycenter.wording import Wording

from ..cases import audit, fingerprints, lease, lifecycle, referral_guards, sending
from ..crypto.vault.box import KeyMissingError, UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..models.addition import all_answers
from ..models.agency import Agency
from ..models.case import Case
from ..models.event import Event
from ..models.referral import Referral
from ..questions.wording import wording_of
from ..referral import package
from ..referral.sheet import sheet
from ..referral.time_to_refer import refer_due
from . import done, sent_message
from .case_page import with_case
from .flags import flags
from .refer_cards import card, form_of, opened, row
from .refer_custody import custody, events_of
from .referral_forms import REFERRAL_FORMS

DOWNLOADS = {
    "json": (package.REPORT, "application/json"),
    "pdf": (package.PRINTABLE, "application/pdf"),
    "package": ("", "application/zip"),
}


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show the page. A POST request is the action ``refer``, whose URL this is among the actions of a case."""
    return act(request, ref=ref, action="refer") if request.method == "POST" else _show(request, ref)


@require_http_methods(["GET", "POST"])
@with_case
def act(request: HttpRequest, case: Case, action: str) -> HttpResponse:
    """Do one of the actions of this page. A GET request redirects to the page."""
    if action not in REFERRAL_FORMS:
        raise Http404
    if request.method == "GET":
        messages.info(request, _("Nothing was sent. Choose the action again."))
        return redirect("admin:reports_case_refer", ref=case.reference)
    form = form_of(action, case, request.POST)
    if not form.is_valid():
        return _show(request, case.reference, bound={action: form}, status=422)
    try:
        _perform(request, case, action, form)
    except lifecycle.NotAllowed as refusal:
        case.refresh_from_db()
        form = form_of(action, case, request.POST.dict() | {"version": case.version})
        return _show(request, case.reference, bound={action: form}, refusal=str(refusal), status=409)
    return redirect("admin:reports_case_refer", ref=case.reference)


def show_again(request: HttpRequest, case: Case, action: str, typed: dict) -> HttpResponse:
    """Show the page with what was typed in the form of ``action``, whose message was taken back."""
    return _show(request, case.reference, bound={action: form_of(action, case, {"version": case.version} | typed)})


def _perform(request: HttpRequest, case: Case, action: str, form: Any) -> None:
    """Do the action. What the reporter will read can be taken back for some seconds; the line with "undo" says so."""
    version, details = form.cleaned_data["version"], form.details
    if action in sending.MESSAGES and details.get("text"):
        wait = sent_message.chosen_wait(request)
        changed = sending.send(case, action, request.user, version, wait=wait, **details)
        sent_message.remember(request, changed, wait)
    else:
        lifecycle.perform(case, action, by=request.user, expected_version=version, **details)
        sent_message.forget(request)
        messages.success(request, done.message(case, action))


@require_POST
@confirmed
@with_case
def download(request: HttpRequest, case: Case, pk: UUID, part: str) -> HttpResponse:
    """Record the download of a package or of one part of it, and return the bytes."""
    referral = case.referrals.select_related("agency", "key").filter(pk=pk).first()
    if referral is None or part not in DOWNLOADS:
        raise Http404
    if refusal := referral_guards.may_export(case, request.user, referral):
        messages.error(request, refusal)
        return redirect("admin:reports_case_refer", ref=case.reference)
    content = opened(referral, request.user)
    if content is None:
        messages.error(request, _("This cannot be opened."))
        return redirect("admin:reports_case_refer", ref=case.reference)
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=case.pk)
        audit.record(locked, "referral_exported", request.user, referral=str(referral.pk), part=part)
    name, kind = DOWNLOADS[part]
    response = HttpResponse(package.part(content, name) if name else content, content_type=kind)
    # A neutral name, without anything of the case: it stays in the list of downloads.
    response.headers["Content-Disposition"] = f'attachment; filename="{name or "package.zip"}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _show(
    request: HttpRequest, ref: str, bound: dict | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    bound = bound or {}
    case = _record_view(request.user, ref)
    allowed = available({name: lifecycle.STAFF_ACTIONS[name] for name in REFERRAL_FORMS}, case, request.user)
    agencies = list(Agency.objects.filter(active=True))
    events = events_of(case)
    chosen, answers = _chosen(agencies, request), _told_answers(case, events)
    words = _words(request, case, answers)
    context = {
        **admin.site.each_context(request),
        "title": case.display_reference,
        "case": case,
        "due": refer_due(case),
        "flags": flags(case),
        "sent": sent_message.sent_message(request),
        "refusal": refusal,
        "cards": [card(referral, case, request.user, allowed, bound, words) for referral in case.referrals.all()],
        "custody": custody(events),
        "agencies": agencies,
        "chosen": chosen,
        "prepare": _prepare(case, chosen, allowed, bound),
        "sheet": _sheet(case, chosen, answers if "facts" in request.GET else None, words, allowed, bound),
        "not_to_refer": row("not_to_refer", case, allowed, bound),
        "errors": [form for form in bound.values() if form.errors],
    }
    return render(request, "reports/triage/refer.html", context, status=status)


def _record_view(user: Account, ref: str) -> Case:
    """Return the case with its packages, after it was recorded that ``user`` looks at it. Raises Http404."""
    people = Referral.objects.select_related("agency", "key", "prepared_by", "approved_by")
    cases = Case.objects.readable_by(user).with_data_requests().select_related("category", "handler", "team")
    cases = cases.filter(reference=ref.replace("-", "").upper())
    case = lease.record_view(cases.prefetch_related("data_keys", Prefetch("referrals", people)), user)
    if case is None:
        raise Http404
    for referral in case.referrals.all():
        referral.case = case  # the same object, so that nothing is read twice
    return case


def _prepare(case: Case, chosen: Agency | None, allowed: dict, bound: dict) -> Any:
    if "prepare_referral" not in bound and (chosen is None or not chosen.has_agreed):
        return None
    form = bound.get("prepare_referral") or form_of("prepare_referral", case, agency=chosen)
    is_offered = "prepare_referral" in allowed or "prepare_referral" in bound
    return {"name": "prepare_referral", "form": form, "label": _label("prepare_referral")} if is_offered else None


def _sheet(case: Case, chosen: Agency | None, answers: dict | None, words: Wording, allowed: dict, bound: dict) -> Any:
    name = "gave_self_report_sheet"
    if name not in allowed and name not in bound:
        return None
    texts = {code: sheet(case, code, chosen, answers, words) for code, _name in settings.LANGUAGES}
    own, facts = texts.pop(case.language), {"with_facts": answers is not None}
    form = bound.get(name) or form_of(name, case, agency=chosen, text=own, **facts)
    return {"name": name, "form": form, "label": _label(name), "others": texts, "words": words} | facts


def _words(request: HttpRequest, case: Case, answers: dict | None) -> Wording:
    """Return the wording of the reporter, or the register that staff chose (``?register=formal`` or ``=ordinary``)."""
    found = wording.ORDINARY if case.frozen_at or not answers else wording_of(answers)
    chosen = request.GET.get("register", "")
    return replace(found, formal=chosen == wording.FORMAL) if chosen else found


def _told_answers(case: Case, events: list[Event]) -> dict | None:
    """Return the answers for the sheet, or None if they cannot be opened or are not those that were sent."""
    if fingerprints.replaced(case, [event for event in events if fingerprints.FACT_KEY in event.facts]):
        return None
    try:
        return all_answers(case, case.staff_keyring())
    except (ErasedError, KeyMissingError, UnreadableError, TypeError):
        return None


def _chosen(agencies: list[Agency], request: HttpRequest) -> Agency | None:
    key = request.GET.get("agency") or request.POST.get("agency")
    return next((agency for agency in agencies if key in (agency.key, str(agency.pk))), None)


def _label(name: str) -> Any:
    return lifecycle.ACTIONS[name].label
