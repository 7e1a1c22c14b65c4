"""The queue: saved views of cases, the most urgent first."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from safetycenter.accounts.idle import in_background
from safetycenter.roles import Account, has_role_permission, role_required
from safetycenter.transitions import NotAllowed, require

from ..audit import staff_log
from ..cases import lifecycle
from ..cases.case_action import HANDLE
from ..cases.linked import linked_counts
from ..crypto.receipts import reference_in
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..questions.core import PLATFORM
from ..routing import region
from . import clocks, own_views
from .counting import in_words
from .filters import QueueFilter
from .flags import flags
from .paging import PAGE, Cursor, page_of
from .rows import Row, groups_of, holder, rows_of
from .saved_views import VIEWS, cases_in, count, count_views, views_for
from .sent_message import sent_message
from .why import TIERS, reasons, why

SEE, READ, ADMIT = "reports.view_case", "reports.read_case", "reports.release_quarantined"
PLATFORMS = {choice.key: choice.label for choice in PLATFORM.choices}
ONE_STATE = ("quarantined", "resolved", "escalated", "second")  # views in which a row need not name the state
MAX_NEW = 50


@dataclass(frozen=True)
class Asked:
    """The view and the filters that the address of a page names; the view "waiting" if it names none."""

    name: str
    filter: QueueFilter
    cases: CaseQuerySet

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Read the address of ``request``; a view that is not offered to this person counts as none."""
        name, chosen = own_views.read_query(request.GET, request.user)
        return cls(name, chosen, chosen.apply(cases_in(name, request.user)))

    def count(self, user: Account, **conditions: Any) -> Any:
        """Return the expression that counts the listed cases that meet ``conditions``, up to MAX_COUNT."""
        return count(self.name, user, lambda cases: self.filter.apply(cases).filter(**conditions))


@require_GET
@role_required(SEE)
def queue(request: HttpRequest) -> HttpResponse:
    """Show one page of the queue. Raises PermissionDenied for staff who see no cases: an empty queue would mislead."""
    asked, cursor = Asked.of(request), Cursor.read(request.GET.get("after", ""))
    if "case" in request.GET:  # found by someone who cannot open the case page
        cases, end = list(with_reference(Case.objects.visible_to(request.user), request.GET["case"])), ""
        record_search(request.user, request.GET["case"], *cases)
    else:
        cases, end = page_of(asked.cases.with_data_requests().select_related("category", "handler", "team"), cursor)
    rows = rows_of(cases, request.user, asked.name in ONE_STATE)
    return render(
        request,
        "reports/triage/queue.html",
        {
            **admin.site.each_context(request),
            **_lists(asked, rows, request.user),
            "title": VIEWS[asked.name].label,
            "filter": asked.filter,
            "next": end,
            "is_first": cursor is None and "case" not in request.GET,
            "page_size": PAGE,
            "can_take": has_role_permission(request.user, HANDLE),
            "can_read": has_role_permission(request.user, READ),
            "can_admit": has_role_permission(request.user, ADMIT),
            "is_quarantine": asked.name == "quarantined",
            "durations": clocks.patterns(),
            "sent": sent_message(request),
        },
    )


def _lists(asked: Asked, rows: list[Row], user: Account) -> dict[str, Any]:
    """Return the groups of rows and the views, with all counts; one query for them, one for the own views."""
    groups, more = groups_of(rows, asked.name), {}
    for tier in [group["tier"] for group in groups]:
        more[f"p{tier}"] = asked.count(user, tier=tier)
        if asked.name != "overdue":
            more[f"late{tier}"] = asked.count(user, tier=tier, overdue=True)
    if asked.filter.is_active:
        more["matching"] = asked.count(user)
    own = own_views.views_of(user)
    counts = count_views(user, more | own_views.counts_of(own, user))
    for group in groups:
        group["count"] = _group_count(asked.name, counts[f"p{group['tier']}"], counts.get(f"late{group['tier']}", 0))
    views = [(name, view.label, in_words(counts[name])) for name, view in views_for(user).items()]
    return {
        "groups": groups,
        "views": views,
        "own_views": own_views.listed(own, counts),
        "own_query": next((view.query for view in own if view.query == asked.filter.query), ""),
        "show": asked.name,
        "total": in_words(counts[asked.name]),
        "matching": in_words(counts["matching"]) if asked.filter.is_active else "",
        "elsewhere": _elsewhere(asked, counts),
    }


def _group_count(name: str, found: int, late: int) -> str:
    """Return ``18 waiting, 3 late``; ``18 cases`` in a view whose cases do not wait."""
    number = {"n": in_words(found)}
    words = _("%(n)s waiting") % number if name == "waiting" else ngettext("%(n)s case", "%(n)s cases", found) % number
    return f"{words}, {_('%(n)s late') % {'n': in_words(late)}}" if late else words


def _elsewhere(asked: Asked, counts: dict[str, int]) -> list[tuple[str, str]]:
    """Return what waits in other views as ``(view, sentence)``, for a page without rows: it never looks like rest."""
    told = [
        ("waiting", _("%(n)s wait to be assigned")),
        ("unread", _("%(n)s with a new reply")),
        ("quarantined", _("%(n)s quarantined")),
    ]
    shown = [(name, words) for name, words in told if counts[name] and (name != asked.name or asked.filter.is_active)]
    return [(name, words % {"n": in_words(counts[name])}) for name, words in shown]


@require_POST
@role_required(SEE)
def find(request: HttpRequest) -> HttpResponse:
    """Open the case with the typed reference; the same answer for one that does not exist and one that is not theirs.

    By POST, so that a whole code that somebody pasted reaches neither the log nor the browser's history.
    """
    typed = request.POST.get("reference", "")
    found = with_reference(Case.objects.visible_to(request.user), typed).first()
    if found is None or has_role_permission(request.user, READ):
        record_search(request.user, typed, found)
    if found is None:
        messages.error(request, _("There is no case with this number that you may see."))
        return redirect("admin:reports_case_changelist")
    if has_role_permission(request.user, READ):
        return redirect("admin:reports_case_page", ref=found.reference)
    return redirect(reverse("admin:reports_case_changelist") + f"?show=all&case={found.reference}")


def with_reference(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Return the case with a reference typed in any case, with or without its dash; look-alike letters are read."""
    plain = reference_in(typed)
    cases = cases.with_data_requests().select_related("category", "handler", "team")
    return cases.filter(reference=plain) if plain else cases.none()


def record_search(user: Account, typed: str, found: Case | None = None) -> None:
    """Record that ``user`` searched for a case number: that of a case which exists, whether they may see it or not.

    Nothing else of what was typed is kept: it may be a whole code.
    """
    hidden = None if found else with_reference(Case.objects.all(), typed).first()
    case = found or hidden
    result = "seen" if found else "hidden" if hidden else "none"
    staff_log.record(user, staff_log.SEARCHED, result=result, **({"case": case.reference} if case else {}))


@in_background
@require_POST
@role_required(SEE)
def news(request: HttpRequest) -> JsonResponse:
    """Return what changed since the page was made: how many cases came before its last row, and which are held now.

    The page sends the references of its rows (``known``) and the place of the last one (``until``, empty if the view
    ends there), in the body: a list of references belongs in no log.
    """
    asked, until = Asked.of(request), Cursor.read(request.POST.get("until", ""))
    known = request.POST.get("known", "").split(",")[:PAGE]
    found = asked.cases.exclude(reference__in=known).only("tier", "queue_key_at")[:MAX_NEW]
    tiers = [case.tier for case in found if until is None or not until.is_before(case)]
    theirs = Case.objects.visible_to(request.user).filter(reference__in=known, handler__isnull=False)
    held = theirs.exclude(handler=request.user).select_related("handler")
    return JsonResponse(
        {
            "line": _news_in_words(tiers, above=until is not None),
            "held": {case.reference: holder(case, request.user) for case in held},
        }
    )


def _news_in_words(tiers: list[int], above: bool) -> str:
    """Return ``3 new above, one of them P0``; empty if nothing is new."""
    if not tiers:
        return ""
    count = {"n": f"{len(tiers)}+" if len(tiers) == MAX_NEW else len(tiers)}
    words = (_("%(n)s new above") if above else _("%(n)s new")) % count
    urgent = tiers.count(0)
    if not urgent or len(tiers) == urgent == 1:
        return words
    return words + ", " + ngettext("one of them P0", "%(n)s of them P0", urgent) % {"n": urgent}


@require_GET
@role_required(SEE)
def facts(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the facts of one row as a part of the page. Raises Http404 for a case that this person may not know of.

    Nothing sealed is opened, so this look is not recorded.
    """
    case = with_reference(Case.objects.visible_to(request.user), ref).first()
    if case is None:
        raise Http404
    linked = linked_counts([case], request.user)[case.pk]
    context = {
        "case": case,
        "row": Row(case, request.user, linked),
        "tier": TIERS[case.tier],
        "why": why(case),
        "reasons": reasons(case),
        "flags": flags(case),
        "platform": PLATFORMS.get(case.platform, ""),
        "region": region.in_words(case),
        "team": case.team or "",
        "files": case.evidence.count(),
        "can_read": has_role_permission(request.user, READ),
        "can_claim": _can_claim(case, request.user),
    }
    return render(request, "reports/triage/_case_facts.html", context)


def _can_claim(case: Case, user: Account) -> bool:
    try:
        require(lifecycle.ACTIONS, "claim", case, user)
    except NotAllowed:
        return False
    return True
