"""After sending: the receipt code, shown until the reporter continues, and the page about what happens now."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from safetycenter import wording
from safetycenter.views import SeeOther

from .. import signed_receipt
from ..cases import lifecycle, reminders
from ..cases.case_effects import additions
from ..crypto import receipts, sealed_session
from ..crypto.sealed_session import ConflictError, OpenSession
from ..models.case import Case
from ..views_common import no_store, page
from .draft import CODE, DONE, NEEDED_FOR_NEW, NEW
from .more import MORE, More
from .navigation import AGAIN, is_again, url
from .payment_facts import payment_facts
from .recommendations import help_context
from .session import expired, wording_after


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Show the receipt code until the reporter continues, so that a bad connection loses no report."""
    session = sealed_session.from_request(request)
    if session is None and request.method == "POST":
        return expired(request, "code")
    if session is None:
        return expired(request)  # after the exit, "Back" shows an empty page, as on every step
    if session.data["kind"] not in (CODE, DONE):
        return SeeOther(url("start"))
    if session.data["kind"] == DONE and NEW not in session.data:
        return SeeOther(url("done"))
    with wording.use_for(request, wording_after(session)):
        if {"help", "stay"} & request.POST.keys():  # never the button of the code page, also after a double tap
            return _help_read(request, session)
        if name := session.data.get("first_help"):
            return _help_before_code(request, session, name)
        return _code_confirmed(request, session) if request.method == "POST" else _code_page(request, session)


@no_store
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Show what happens now, and when."""
    session, case = sent(request)
    if session is None or case is None:
        return nothing_sent(request)
    if NEW in session.data:
        return SeeOther(url("code"))
    with wording.use_for(request, wording_after(session)):
        return _done_page(request, session, case)


@no_store
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the signed receipt of the report that was just sent."""
    session, case = sent(request)
    if case is None:
        return nothing_sent(request)
    with wording.use_for(request, wording_after(session)):
        return signed_receipt.receipt_page(request, case, "sent_receipt", "done")


def sent(request: HttpRequest) -> tuple[OpenSession | None, Case | None]:
    """Return the session after the code was shown, and its case; None for both without one."""
    session = sealed_session.from_request(request)
    if session is None or session.data["kind"] != DONE:
        return None, None
    return session, Case.objects.filter(pk=session.case_id).first()


def nothing_sent(request: HttpRequest) -> HttpResponse:
    """Show an empty page after the exit, or redirect to the first page where something newer has begun."""
    return SeeOther(url("start")) if sealed_session.from_request(request) else expired(request)


def finished(session: OpenSession) -> None:
    """Note that the reporter has left the last page by its own button, which is only there after the code."""
    if session.data["kind"] == DONE and NEW not in session.data:
        _has_code(session)


def _has_code(session: OpenSession) -> None:
    Case.objects.filter(pk=session.case_id).update(may_lack_code=False)


def _done_page(request: HttpRequest, session: OpenSession, case: Case) -> HttpResponse:
    help_after, more = session.data["help"], More.of(session)
    return page(
        request,
        "intake/done.html",
        "done",
        case=case,
        help=help_after,
        payment_facts=payment_facts(help_after["payment_facts"]),
        can_replace="opener" in session.data and additions.has_same_code(case, session.data["code"]),
        can_add=more is not None and more.question is not None,
        # Which picture tool fits depends on an answer that is asked after sending (H27).
        asks_picture=more is not None and more.open_question("whose_picture") and help_after["person"] == "me",
        reminder=reminders.status(case),
    )


def _help_before_code(request: HttpRequest, session: OpenSession, name: str) -> HttpResponse:
    """Show the help page that words of the report call for. The report is already sent."""
    facts = session.data[MORE]["facts"]
    answers = facts | {"risk": session.data["help"]["risk"]} if name == "life" else facts
    return page(request, f"intake/help/{name}.html", "code", before_code=True, **help_context(name, answers))


def _help_read(request: HttpRequest, session: OpenSession) -> HttpResponse:
    """Go on from that page to the code, or give more time to read it."""
    with suppress(ConflictError):  # a double tap: the other request was faster
        if "help" in request.POST:
            session.data.pop("first_help", None)
        session.save()
    return SeeOther(url("code"))


def _code_page(request: HttpRequest, session: OpenSession) -> HttpResponse:
    # What was typed is not stored, only that it was not the code.
    again = is_again(request)
    error = _("This is not the same code. Compare it once more, or go on without typing.") if again else ""
    context: dict[str, Any] = {"receipt": _receipt(session), "error": error, "is_error": again}
    context |= {"is_new": NEW in session.data, "reminders_ended": session.data.get("had_reminders", False)}
    return page(request, "intake/code.html", "code", **context)


def _receipt(session: OpenSession) -> receipts.Receipt:
    return receipts.Receipt(session.data["reference"], session.data.get(NEW) or session.data["secret"])


def _code_confirmed(request: HttpRequest, session: OpenSession) -> HttpResponse:
    typed, receipt = request.POST.get("retyped", "").strip(), _receipt(session)
    if "cannot_keep" in request.POST:
        lifecycle.perform(Case(pk=session.case_id), "mark_unreachable")
    elif typed and not _is_same(typed, receipt):
        return SeeOther(f"{url('code')}?{AGAIN}=1")
    elif typed:
        _has_code(session)
    with suppress(ConflictError):  # a double tap: the other request was faster
        code = session.data.get("code") or session.data.get(MORE, {}).get("code", "")
        is_last = NEW in session.data or "cannot_keep" in request.POST
        names = ("help", "wording", MORE, *(() if is_last else NEEDED_FOR_NEW))
        kept = {name: session.data[name] for name in names if name in session.data}
        kept |= {"secret": code} if "secret" in kept else {}  # from now on only which code it is, as in a visit
        session.finalize(kind=DONE, code=code, **kept)
    return SeeOther(url("done"))


def _is_same(typed: str, receipt: receipts.Receipt) -> bool:
    return receipt in (receipts.parse(typed), receipts.parse(f"{receipt.reference} {typed}"))
