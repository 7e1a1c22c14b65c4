"""The lease of a case. Work on its page renews it: typing, or one tap."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safetycenter.accounts.idle import in_background

from ..cases import lease
from ..models.case import Case
from ..staffing.hours import clock_in_words
from .case_page import with_case


@in_background
@require_POST
@with_case
def renew(request: HttpRequest, case: Case) -> JsonResponse:
    """Renew the lease and return when it ends, in words and as a time.

    Answer 409 when this person no longer holds the case.
    """
    lease.renew(case, request.user)
    case = Case.objects.get(pk=case.pk)
    if case.handler_id != request.user.pk:
        return JsonResponse({"said": lost_in_words(case), "taken": case.handler_id is not None}, status=409)
    return JsonResponse({"said": end_in_words(case), "until": case.lease_until.isoformat()})


def end_in_words(case: Case) -> str:
    """Return in words until when the handler holds the case."""
    return _("assigned to you until %(when)s") % {"when": clock_in_words(case.lease_until)}


def lost_in_words(case: Case) -> str:
    """Return who has the case now that the person who writes lost it."""
    if case.handler:
        return _("%(name)s has this case now; your words are kept below.") % {"name": case.handler}
    return _("This case went back to the queue. Take it back before you send; your words are kept below.")
