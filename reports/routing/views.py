"""The page of the routing rules: typed, then checked on last month's reports, then saved."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safetycenter import memory
from safetycenter.roles import Account, has_role_permission

from ..models.team import RoutingTable
from .dry_run import DAYS, FEWEST, DryRun, dry_run
from .forms import RoutingForm, digest
from .rules import Rules, failing, team_names

EDIT = "reports.change_routingtable"
LATEST = 5  # saved tables that the page lists


@require_http_methods(["GET", "POST"])
def rules_page(request: HttpRequest) -> HttpResponse:
    """Show the rules; check what was typed on the reports of the last month; save exactly what was checked.

    Raises PermissionDenied for others than supervisors.
    """
    if not may_edit(request.user):
        raise PermissionDenied
    saved = list(RoutingTable.objects.select_related("by").order_by("-pk")[:LATEST])
    base = saved[0].pk if saved else None
    rules = Rules.of(saved[0] if saved else None)
    if request.method == "GET":
        return _show(request, RoutingForm(rules, base), rules, saved)
    form = RoutingForm(rules, base, request.POST)
    if not form.is_valid():
        return _show(request, form, rules, saved, status=422)
    if form.rest.cleaned_data["base"] != base:
        changed = _("Somebody else has saved other rules in the meantime. Load this page again before you change them.")
        return _show(request, form, rules, saved, refusal=changed, status=409)
    typed = form.rules
    if (
        request.POST.get("do") == "save"
        and request.POST.get("checked") == digest(typed)
        and _save(request, typed, base)
    ):
        messages.success(request, _("Saved. New reports follow these rules within seconds."))
        return redirect("admin:reports_routing")
    return _show(request, form, rules, saved, **_checked(rules, typed))


def _checked(rules: Rules, typed: Rules) -> dict[str, Any]:
    names = {"": _("no team")} | team_names()
    run = dry_run(rules, typed)
    moved = [(_said(n, run), names.get(old, old), names.get(new, new)) for old, new, n in run.moved]
    return {"run": run, "moved": moved, "checked": digest(typed)}


def _said(number: int, run: DryRun) -> int | str:
    """Return the number of reports of one row, not below FEWEST where a rule names a region."""
    return _("fewer than 5") if run.by_region and number < FEWEST else number


def _save(request: HttpRequest, rules: Rules, base: int | None) -> bool:
    """Store the rules unless somebody has saved others since ``base``. Return whether they were stored."""
    row = RoutingTable(follows=base or 0, rules=rules.as_json(), fallback_id=rules.fallback or None)
    row.by_id = cast("int", request.user.pk)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    memory.clear()
    return True


def _show(
    request: HttpRequest, form: RoutingForm, rules: Rules, saved: list[RoutingTable], status: int = 200, **more: Any
) -> HttpResponse:
    names = team_names()
    context = {
        **admin.site.each_context(request),
        "title": _("Routing"),
        "form": form,
        "saved": saved,
        "days": DAYS,
        "failing": [names.get(key, key) for key in failing(rules)],
        **more,
    }
    return render(request, "reports/routing/rules.html", context, status=status)


@admin.site.register_panel  # type: ignore[attr-defined]
def routing_panel(request: HttpRequest) -> dict | None:
    """Link supervisors to teams and rules."""
    if not may_edit(request.user):
        return None
    return {"title": _("Teams"), "template": "reports/routing/panel.html"}


def may_edit(user: Account) -> bool:
    """Return whether ``user`` edits teams and rules."""
    return has_role_permission(user, EDIT)
