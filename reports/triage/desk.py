"""The views of a case: its page, the one view through which every action goes, and the pages of rare actions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safetycenter.accounts import proof
from safetycenter.hints import View
from safetycenter.roles import has_role_permission, role_required

from ..cases import lifecycle, sending
from ..cases.case_action import HANDLE
from ..cases.case_effects import clock
from ..evidence.outgoing import too_large
from ..models.case import Case
from . import done, own_words, refer, reply_box, sent_message
from .case_page import find_case, is_on_page, show_action, show_case
from .forms import ActionForm, form_for, names_of_words
from .taking import claim_most_urgent


@require_GET
def case_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the case: facts first, the story folded, files closed. Record that the page was opened."""
    return show_case(request, ref)


@require_POST
def release_from_row(request: HttpRequest, ref: str) -> HttpResponse:
    """Admit a case from its row in the queue, for people who do not read cases. Raises Http404 for anyone else."""
    case = find_case(Case.objects.visible_to(request.user), ref)
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
        messages.success(request, done.message(case, "release_from_quarantine"))
    return redirect(reverse("admin:reports_case_changelist") + "?show=quarantined")


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, ref: str, action: str) -> HttpResponse:
    """Do one action of the table on this case; a GET request shows the page of a rare action.

    Staff who do not read cases may sort the waiting ones. Raises Http404 for any other case, and an unknown action.
    Some actions ask for a proof first.
    """
    row = lifecycle.STAFF_ACTIONS.get(action)
    if row is None or row.own_page:
        raise Http404
    cases = (
        Case.objects.readable_by(request.user) if row.permission == HANDLE else Case.objects.visible_to(request.user)
    )
    case = find_case(cases, ref)
    if request.method == "GET":
        return _offer(request, case, action)
    if {"fill", "still", "ask", "put", "take", own_words.OPEN} & request.POST.keys():
        return _show_filled(request, case, action)
    if row.needs_proof:
        proof.require(request)
    form = form_for(action, case, request.user, request.POST, request.FILES)
    _refuse_upload(request, form)
    if not form.is_valid():
        return _show_again(request, case, action, form, status=422)
    if action in sending.TYPED and "unread" not in request.POST and own_words.are_unread(case, request.user):
        return _show_again(request, case, action, form, status=422, asks_to_read=True)
    try:
        return _carry_out(request, case, action, form)
    except lifecycle.NotAllowed as refusal:
        # Keep what was typed on the page; the version is new, so that the person can look again and confirm.
        since = form.cleaned_data["version"]
        case.refresh_from_db()
        form = form_for(action, case, request.user, request.POST.dict() | {"version": case.version})
        return _show_again(request, case, action, form, refusal=str(refusal), since=since, status=409)


def _refuse_upload(request: HttpRequest, form: ActionForm) -> None:
    """Add the error of a file that was refused while it arrived."""
    if getattr(request, "refused_uploads", None) and "file" in form.fields:
        is_large = request.refused_uploads[-1].reason in {"size", "total"}  # type: ignore[attr-defined]
        form.add_error("file", too_large() if is_large else _("This file could not be stored. Try it again later."))


def _offer(request: HttpRequest, case: Case, action: str) -> HttpResponse:
    if is_on_page(action, case, request.user):
        messages.info(request, _("Nothing was sent. Choose the action again."))
        return redirect("admin:reports_case_page", ref=case.reference)
    return show_action(request, case, action, form_for(action, case, request.user))


def _carry_out(request: HttpRequest, case: Case, action: str, form: ActionForm) -> HttpResponse:
    if action == "undo":
        return _undo(request, case, form)
    return _after(request, _perform(request, case, action, form), action)


def _perform(request: HttpRequest, case: Case, action: str, form: ActionForm) -> Case:
    version = form.cleaned_data["version"]
    if action not in sending.MESSAGES:
        changed = lifecycle.perform(case, action, by=request.user, expected_version=version, **form.details)
        sent_message.forget(request)
        return changed
    wait = sent_message.wait_of(request)
    resolve = "resolve" in request.POST
    changed = sending.send(case, action, request.user, version, resolve=resolve, wait=wait, **form.details)
    sent_message.remember(request, changed, wait)
    return changed


def _undo(request: HttpRequest, case: Case, form: ActionForm) -> HttpResponse:
    """Take the latest message back and show its words in their box again, to the person who wrote them.

    The answer to the press is the page itself, so that nothing of them is stored.
    """
    changed, sent_by, typed = sending.take_back(case, request.user, form.cleaned_data["version"])
    sent_message.forget(request)
    messages.success(request, done.message(case, "undo"))
    if typed.pop("had_file", False):
        messages.warning(request, _("The file was erased with the message: choose it again."))
    if sent_by in sending.TYPED:
        return _show_again(request, changed, sent_by, form_for(sent_by, changed, request.user, **typed))
    return refer.show_again(request, changed, sent_by, typed)


def _after(request: HttpRequest, case: Case, action: str) -> HttpResponse:
    if action not in sending.MESSAGES:  # the line with "undo" says it for messages
        messages.success(request, done.message(case, action))
    if action == "copy_hotline_link":
        return show_case(request, case.reference, shows_links=True)
    if "resolve" in request.POST and case.tier not in clock.URGENT:
        return take_next(request)
    if not Case.objects.readable_by(request.user).filter(pk=case.pk).exists():
        return redirect("admin:reports_case_changelist")
    return redirect("admin:reports_case_page", ref=case.reference)


@require_POST
@role_required(HANDLE)
def take_next(request: HttpRequest) -> HttpResponse:
    """Claim the most urgent waiting case and go to it, or to the queue if none waits.

    Raises PermissionDenied for people who handle no cases.
    """
    try:
        case = claim_most_urgent(request.user)
    except lifecycle.NotAllowed as refusal:
        messages.info(request, str(refusal))
        return redirect("admin:reports_case_changelist")
    return redirect("admin:reports_case_page", ref=case.reference)


def _show_filled(request: HttpRequest, case: Case, action: str) -> HttpResponse:
    """Show the page again with what was typed, and what the person asked to be added to it.

    The script that inserts an item of the checklist at the caret gets only its text, or the whole one in which it
    filled a gap.
    """
    if "take" in request.POST:
        return _take_back(request, case, action)
    if "put" in request.POST:
        typed = request.POST.get("text", "")
        whole, text = reply_box.put(case, request.POST)
        fills = not text and whole != typed
        if request.headers.get("X-Requested-With") == "fetch":
            how = {"X-Whole-Text": "1"} if fills else {}
            return HttpResponse(whole if fills else text, content_type="text/plain; charset=utf-8", headers=how)
        if not text and not fills:
            messages.warning(request, reply_box.NOTHING_TO_ADD)
    keeps = {"still", own_words.OPEN} & request.POST.keys()
    initial = request.POST.dict() if keeps else reply_box.filled(case, request.POST)
    form = form_for(action, case, request.user, **initial)
    form.beside = reply_box.beside(case, request.POST)  # type: ignore[attr-defined]
    return _show_again(request, case, action, form)


def _take_back(request: HttpRequest, case: Case, action: str) -> HttpResponse:
    """Assign a case whose lease has ended to the person again, and show what they typed and what changed meanwhile."""
    since = request.POST.get("version", "")
    try:
        if case.handler_id != request.user.pk:
            case = lifecycle.perform(case, "claim", by=request.user)
    except lifecycle.NotAllowed as refusal:
        form = form_for(action, case, request.user, **request.POST.dict())
        return _show_again(request, case, action, form, refusal=str(refusal), status=409)
    form = form_for(action, case, request.user, **request.POST.dict() | {"version": case.version})
    return _show_again(request, case, action, form, since=int(since) if since.isdigit() else None)


def _show_again(request: HttpRequest, case: Case, action: str, form: ActionForm, **how: Any) -> HttpResponse:
    if is_on_page(action, case, request.user):
        return show_case(request, case.reference, opened={action: form}, **how)
    return show_action(request, case, action, form, **how)


def preserve_typed_text(view_func: Callable) -> View:
    """Give back what was typed when the session has ended, before ``view_func`` asks to sign in."""

    @wraps(view_func)
    def view(request: HttpRequest, ref: str, action: str) -> HttpResponseBase:
        if request.method != "POST" or admin.site.has_permission(request):
            return view_func(request, ref=ref, action=action)
        words = [request.POST[name] for name in names_of_words(action) if request.POST.get(name)]
        context = {**admin.site.each_context(request), "title": _("You were signed out"), "words": words, "ref": ref}
        return render(request, "reports/triage/signed_out.html", context, status=403)

    return view
