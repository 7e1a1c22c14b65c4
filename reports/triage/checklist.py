"""Ticking off items of the checklist on the case page. What was typed in the reply comes back as it was."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..cases import lifecycle
from ..checklists.items import TICK
from ..models.case import Case
from .case_page import show_case, with_case
from .forms import form_for


@require_POST
@with_case
def tick(request: HttpRequest, case: Case) -> HttpResponse:
    """Tick the item named by ``tick``, or take back the tick of ``untick``.

    The version of the page is not compared: a tick changes nothing that others wrote.
    """
    item = request.POST.get("tick") or request.POST.get("untick", "")
    try:
        case = lifecycle.perform(case, TICK, by=request.user, item=item, done="tick" in request.POST)
    except lifecycle.NotAllowed as refusal:
        messages.error(request, str(refusal))
    if "text" not in request.POST:
        return redirect(reverse("admin:reports_case_page", args=[case.reference]) + "#checklist")
    typed = request.POST.dict() | {"version": case.version}
    return show_case(request, case.reference, opened={"reply": form_for("reply", case, request.user, **typed)})
