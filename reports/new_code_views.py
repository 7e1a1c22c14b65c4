"""The last page of the form makes a new code, once: for somebody who pressed on before writing the first one down.

The session of the report that was just sent opens it for that, until the reporter finishes, leaves or makes it.
"""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from safetycenter.transitions import NotAllowed
from safetycenter.views import SeeOther

from .crypto.sealed_session import ConflictError
from .followup import access, code_change
from .intake.draft import NEW
from .intake.receipt_views import sent
from .views_common import no_store, post_only


@no_store
@post_only("done")
def sent_new_code(request: HttpRequest) -> HttpResponse:
    """Make the new code and show it where the first one was, until it is written down."""
    session, _case = sent(request)
    visit = access.visit_in(session) if session and "opener" in session.data and NEW not in session.data else None
    if visit:
        # A double tap, or staff were faster: the page that follows shows what holds.
        with suppress(ConflictError, NotAllowed):
            code_change.make(visit, "new_code", bytes(visit.case.secret_salt or b""))
    return SeeOther(reverse("reports:done"))
