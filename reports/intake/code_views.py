"""After sending: the code, shown until the reporter goes on, and what happens now."""

from contextlib import suppress

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from safetycenter.views import SeeOther

from .. import lifecycle, receipts
from .. import pocket as pockets
from ..models.case import Case
from ..pocket import Moved
from ..private import no_store, page
from .draft import CODE, DONE
from .moves import AGAIN, is_again, url
from .opened import expired
from .sheet import rows


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def code(request):
    """The code, shown until the reporter goes on: a bad line loses no report."""
    pocket = pockets.of(request)
    if pocket is None and request.method == "POST":
        return expired(request, "code")
    if pocket is None or pocket.facts["kind"] not in (CODE, DONE):
        return SeeOther(url("start"))
    if pocket.facts["kind"] == DONE:
        return SeeOther(url("done"))
    return _code_taken(request, pocket) if request.method == "POST" else _code_page(request, pocket)


@no_store
@require_safe
def done(request):
    """What happens now, and when."""
    pocket = pockets.of(request)
    case = Case.objects.filter(pk=pocket.case_id).first() if pocket else None
    if case is None or pocket.facts["kind"] != DONE:
        return SeeOther(url("start"))
    help_after = pocket.facts["help"]
    return page(request, "intake/done.html", "done", case=case, help=help_after, sheet=rows(help_after["sheet"]))


def _code_page(request, pocket):
    # What was typed is not kept anywhere, only that it was not the code.
    again = is_again(request)
    error = _("This is not the same code. Compare it once more, or go on without typing.") if again else ""
    return page(request, "intake/code.html", "code", receipt=_receipt(pocket), error=error, is_error=again)


def _receipt(pocket) -> receipts.Receipt:
    return receipts.Receipt(pocket.facts["reference"], pocket.facts["secret"])


def _code_taken(request, pocket):
    typed, receipt = request.POST.get("retyped", "").strip(), _receipt(pocket)
    if "cannot_keep" in request.POST:
        lifecycle.perform(Case(pk=pocket.case_id), "no_return")
    elif typed and not _is_same(typed, receipt):
        return SeeOther(f"{url('code')}?{AGAIN}=1")
    with suppress(Moved):  # a second tap was faster
        pocket.settle(kind=DONE, help=pocket.facts["help"])
    return SeeOther(url("done"))


def _is_same(typed: str, receipt: receipts.Receipt) -> bool:
    return receipt in (receipts.parse(typed), receipts.parse(f"{receipt.reference} {typed}"))
