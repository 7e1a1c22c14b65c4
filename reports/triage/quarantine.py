"""Check several quarantined cases at once: release them to the queue, or close them as spam (safety rule H19)."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from safetycenter.hints import Text
from safetycenter.roles import role_required

from ..cases import lifecycle
from ..models.case import Case
from ..models.state import Outcome, State
from .paging import PAGE

# The button, the action of the table, its details, and what is said afterwards.
CHOICES: dict[str, tuple[str, dict, Text]] = {
    "release": ("release_from_quarantine", {}, gettext_lazy("Released to the queue: %(cases)s.")),
    "spam": ("close", {"outcome": Outcome.SPAM}, gettext_lazy("Closed as spam: %(cases)s.")),
}


@require_POST
@role_required("reports.view_case")
def check_several(request: HttpRequest) -> HttpResponse:
    """Do one action on each chosen case, in its own transaction and with the version that the page showed.

    Say which were done and which were refused, and why. Raises Http404 for any other action.
    """
    if request.POST.get("do") not in CHOICES:
        raise Http404
    action, details, sentence = CHOICES[request.POST["do"]]
    results = defaultdict(list)
    for case, version in _chosen(request):
        try:
            lifecycle.perform(case, action, by=request.user, expected_version=version, **details)
        except lifecycle.NotAllowed as refusal:
            results[str(refusal)].append(case.display_reference)
        else:
            results[""].append(case.display_reference)
    if done := results.pop("", []):
        messages.success(request, sentence % {"cases": ", ".join(done)})
    for why, cases in results.items():
        messages.warning(request, _("Not done: %(cases)s. %(why)s") % {"cases": ", ".join(cases), "why": why})
    if not done and not results:
        messages.info(request, _("Choose at least one case."))
    return redirect(f"{reverse('admin:reports_case_changelist')}?{request.GET.urlencode() or 'show=quarantined'}")


def _chosen(request: HttpRequest) -> Iterator[tuple[Case, int]]:
    """Yield each chosen case that this person may know of and that is quarantined, with the version of their page.

    Cases that are not are left out silently, as if they did not exist.
    """
    versions = {}
    for value in request.POST.getlist("case")[:PAGE]:
        reference, _colon, version = value.partition(":")
        versions[reference] = int(version) if version.isdecimal() else -1
    found = Case.objects.visible_to(request.user).filter(reference__in=versions, state=State.QUARANTINED)
    for case in found.by_urgency():
        yield case, versions[case.reference]
