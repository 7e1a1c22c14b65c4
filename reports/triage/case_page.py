"""The case page in the order of work: why it is urgent, what to decide, the reply, then what was said and done."""

from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from safetycenter.hints import View
from safetycenter.roles import Account, has_role_permission

from ..cases import closing_guards, file_guards, lease, lifecycle
from ..cases.case_action import HANDLE
from ..cases.case_effects.other_person import reason_in_words
from ..cases.custody_standing import with_custody
from ..cases.linked import with_linked
from ..checklists.items import TICK
from ..evidence import file_gate
from ..models.case import Case, State
from ..models.case_queryset import CaseQuerySet
from ..routing.rules import with_teams
from . import clocks, linked_cases, locked_files, own_words, reply_box, standing
from .case_view import LATEST, CaseView, read_parts
from .clocks import Clock
from .flags import flags
from .forms import ActionForm, OpenForm, form_for
from .referral_card import with_package
from .sent_message import LONG_UNDO, sent_message
from .why import TIERS, reasons, why

# Actions of the daily work have their buttons and boxes on the page; each of the others has a separate page.
IN_STRIP = ("claim", "accept", "decline", "release")
IN_BOX = ("reply", "ask")
AT_END = ("resolve", "close", "reopen")
ON_PAGE = (*IN_STRIP, *IN_BOX, "note", *AT_END, "undo")
# Of the others: those that hide the case, destroy something or cannot be undone. They stand last in the menu.
GRAVE = (
    "recuse",
    "exclude",
    "restrict",
    "hold",
    "lock",
    "ask_take_out",
    "agree_take_out",
    "hand_to_police",
    "correct_hand_over",
    "destroy_files",
    "confirm_child",
    "lift_restriction",
    "approve_erasure",
)

# The page of a decision links the action that decides otherwise.
OTHERWISE = {"agree_take_out": "refuse_take_out", locked_files.HAND_OVER: "revoke_take_out"}


def find_case(cases: CaseQuerySet, ref: str) -> Case:
    """Return the one of ``cases`` with this reference, in printed or stored form. Raises Http404."""
    case = _with_reference(cases, ref).first()
    if case is None:
        raise Http404
    return case


def with_case(view: View) -> View:
    """Pass the view the case with the reference ``ref``, in printed or stored form, that this person may read.

    Raises Http404 for any other case, as for one that does not exist.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, ref: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, find_case(Case.objects.readable_by(request.user), ref), *args, **kwargs)

    return wrapper


def show_case(
    request: HttpRequest,
    ref: str,
    opened: dict[str, ActionForm] | None = None,
    refusal: str = "",
    since: int | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Render the page and record that it was opened. ``opened`` are forms with what was typed, by action;
    ``since`` is the version of the page on which that was typed.

    Raises Http404 for a case that this person may not read.
    """
    opened = opened or {}
    words_open = own_words.are_asked_for(request)
    case = _record_view(request.user, ref, words_open)
    read_parts(case, request.user)
    reading = CaseView(case, request.user)
    names = {name: label for name, label in reading.parts.actions.items() if name != "undo"}
    forms = {
        name: opened.get(name) or form_for(name, case, request.user)
        for name in names
        if is_on_page(name, case, request.user)
    }
    for name in opened.keys() - forms.keys():
        opened[name].refused = True  # type: ignore[attr-defined]
    forms |= opened
    context = {
        **admin.site.each_context(request),
        "title": case.display_reference,
        "case": case,
        "tier": TIERS[case.tier],
        "why": why(case),
        "reasons": reasons(case),
        "reading": reading,
        **linked_cases.context(case, request.user),
        "labels": lifecycle.labels(),
        "clock": Clock.of(case),
        "forms": forms,
        "strip_forms": [(name, forms[name]) for name in IN_STRIP if name in forms],
        "end_forms": [(name, forms[name]) for name in AT_END if name in forms],
        "opened": list(opened),
        "reads_words": own_words.may_read(case, request.user),
        "words_open": words_open,
        "second_person": closing_guards.is_second_person(case, request.user),
        "more": [(name, label) for name, label in names.items() if name not in {*forms, *GRAVE}],
        "grave": [(name, label) for name, label in names.items() if name in GRAVE],
        "changes_category": "change_category" in names,
        "flags": flags(case, reading.timeline()),
        "other_reason": reason_in_words(case) if own_words.may_read(case, request.user) else "",
        "files": _files(case, request.user, reading),
        "may_open_files": not case.suspected_material_at and not file_guards.may_open_files(case, request.user),
        **locked_files.context(case, request.user),
        "refusal": refusal,
        **standing.context(reading, request.user, names),
        "changed": standing.changed(case, since, reading.timeline(), _notes(reading, request.user)),
        # In other states the handler keeps the case until they act: no lease expires.
        "has_lease": case.is_leased and case.state == State.IN_PROGRESS,
        "lease_minutes": lease.LEASE.seconds // 60,
        "lease_ends_soon": lease.ENDS_SOON.seconds // 60,
        "can_take": has_role_permission(request.user, HANDLE),
        "sent": sent_message(request),
        **_checklist(reading, request.user, opened.get("reply") or opened.get("ask") or forms.get("reply")),
        "long_undo": request.session.get(LONG_UNDO, False),
        **reply_box.context(reading, opened.get("reply") or opened.get("ask"), forms),
        **more,
    }
    return render(request, "reports/triage/case.html", context, status=status)


def _checklist(reading: CaseView, by: Account, reply: ActionForm | None) -> dict:
    """Return the checklist for those who work on the case. ``reply`` is the form that its texts go into."""
    case = reading.case
    is_worked_on = case.handler_id is not None and own_words.may_read(case, by)
    lines = reading.checklist() if is_worked_on else []
    return {
        "checklist": lines,
        "ticked": sum(line.done_at is not None for line in lines),
        "may_tick": not lifecycle.STAFF_ACTIONS[TICK].refusal(case, by),
        "sends_reply": reply is not None,
    }


def _notes(reading: CaseView, by: Account) -> list[dict]:
    return reading.notes() if own_words.may_read(reading.case, by) else []


def is_on_page(action: str, case: Case, by: Account) -> bool:
    """Return whether the case page has the form of ``action``. Taking a case from its handler needs a reason."""
    return action in ON_PAGE and (action != "release" or case.handler_id == by.pk)


def show_action(
    request: HttpRequest,
    case: Case,
    action: str,
    form: ActionForm,
    refusal: str = "",
    since: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of one rare or grave action: what the case is, the form, and a button that says what it does."""
    row = lifecycle.STAFF_ACTIONS[action]
    for first in form.visible_fields()[:1]:  # people come here to fill it in
        first.field.widget.attrs["autofocus"] = True
    context = {
        **admin.site.each_context(request),
        "title": case.display_reference,
        "case": case,
        "tier": TIERS[case.tier],
        "why": why(case),
        "clock": Clock.of(case),
        "durations": clocks.patterns(),
        "changed": standing.changed(case, since, case.events.select_related("by").order_by("-number")[:LATEST], []),
        "labels": lifecycle.labels(),
        "flags": flags(case),
        "action": action,
        "label": row.label,
        "form": form,
        "is_grave": action in GRAVE,
        "otherwise": _otherwise(action, case, request.user),
        "refusal": refusal or row.refusal(case, request.user) or "",
        "owed": standing.owed(case, request.user) if action == "resolve_without_message" else [],
        "locked": locked_files.to_take_out(case, request.user) if action == locked_files.HAND_OVER else None,
        "locked_until": locked_files.until(case, request.user) if action == locked_files.HAND_OVER else None,
        "can_read": has_role_permission(request.user, "reports.read_case"),
        # People who do not read cases have no case page with a menu.
        "others": [
            (name, other.label) for name, other in lifecycle.allowed(case, request.user).items() if name != action
        ],
    }
    return render(request, "reports/triage/action.html", context, status=status)


def _otherwise(action: str, case: Case, by: Account) -> tuple | None:
    """Return the name and the label of the action that decides otherwise; None if ``by`` may not take it."""
    other = OTHERWISE.get(action, "")
    row = lifecycle.STAFF_ACTIONS.get(other)
    return (other, row.label) if row and not row.refusal(case, by) else None


def _with_reference(cases: CaseQuerySet, ref: str) -> CaseQuerySet:
    related = ("category", "handler", "offered_to", "lead_case", "resolved_by", "team", "undo__message")
    cases = with_teams(cases).with_data_requests()
    return cases.select_related(*related).filter(reference=ref.replace("-", "").upper())


def _record_view(user: Account, ref: str, words_open: bool) -> Case:
    """Return the case that ``user`` may read, after it was recorded that they look at it. Raises Http404.

    ``words_open``: with the words of the reporter, if they may read these.
    """
    cases = with_package(with_linked(_with_reference(Case.objects.readable_by(user), ref)))
    if has_role_permission(user, "reports.handle_restricted") or has_role_permission(user, "reports.handle_withheld"):
        cases = with_custody(file_gate.with_links(cases))  # they read why a file stays closed, or went to the police
    case = lease.record_view(cases, user, lambda case, by: words_open and own_words.may_read(case, by))
    if case is None:
        raise Http404
    return case


def _files(case: Case, user: Account, reading: CaseView) -> list[tuple]:
    """Return each file with its hash prefix, its form and, for child safety only, the reason why it stays closed."""
    ours = {"by_handler": case.handler_id == user.pk}
    rows = case.evidence.all()
    items = [(item, reading.hash_prefix(item), OpenForm(auto_id=f"file-{item.pk}-%s", **ours)) for item in rows]
    if not items or not has_role_permission(user, case.child_safety_permission):
        return [(*item, None) for item in items]
    answers, links = reading.answers(), file_gate.link_status(case)
    causes = [file_gate.closing_cause(case, answers, item, links) for item, _prefix, _form in items]
    return [(*item, file_gate.CAUSES.get(cause)) for item, cause in zip(items, causes, strict=True)]
