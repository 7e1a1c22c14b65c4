"""The last page: all answers, what could be added, and the button that sends."""

from django.utils.translation import get_language

from safetycenter import limits
from safetycenter.views import SeeOther

from ..opening import opening
from ..private import page
from ..questions import Part, missing
from ..vault.keys import KeyMissing
from . import rows
from .moves import step_url, url
from .submit import is_suspicious, submit


def check_step(request, draft):
    """Show what will be sent, or send it."""
    problems = missing(draft.answers) if request.method == "POST" else []
    if request.method == "POST" and not problems:
        return _send(request, draft)
    return page(
        request,
        "intake/check.html",
        "step",
        {"number": draft.check_number},
        problems=problems,
        number=draft.check_number,
        mark=draft.mark,
        before=step_url(draft.last_number),
        part=Part.MORE,
        **rows.of(draft),
    )


def _send(request, draft):
    within = limits.SUBMIT.hit(limits.address_of(request))
    draft.pocket.facts["language"] = get_language()  # the one they read last is the one to answer in
    try:
        submit(draft, is_suspicious(draft, request.POST.get("website", ""), within))
    except KeyMissing:
        return page(request, "intake/closed.html", "start", opening=opening(), status=503)
    return SeeOther(url("code"))
