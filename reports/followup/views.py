"""The follow-up pages. Every change is a POST; every page has a quick exit."""

import logging
from contextlib import suppress

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from safetycenter import limits
from safetycenter.views import SeeOther, retry_after

from .. import harm_words
from ..cases import lifecycle
from ..crypto import sealed_session, work_queue
from ..crypto.vault.keys import KeyMissingError
from ..evidence import files
from ..self_harm import detector
from ..staffing import breaches
from ..staffing.hours import in_words
from ..views_common import no_store, page, post_only
from .access import Certificate, DamagedError, TooManyError, Visit, with_visit
from .access import enter as open_with
from .code_change import change_code, new_code_page
from .forms import CodeForm, WithdrawForm, WriteForm
from .kept_words import beside_send, has_file, keep
from .visit_page import uploads_of, visit_page

log = logging.getLogger(__name__)
# For an unknown, a wrong, an erased and an old code: a person who found the code may have changed it.
OPENS_NOTHING = gettext_lazy(
    "This code opens nothing. Compare it with your note once more. Did it open your report before? "
    "Then make a new report and name the old number in it."
)
# For the code that the last page of the form replaced; only its holder reads it.
REPLACED = gettext_lazy(
    "A newer code has replaced this one: %(when)s. Only the newer one opens your report. Was it not you, or is it "
    "lost? Make a new report and name the old number in it."
)
TOO_MANY = gettext_lazy(
    "This code opens nothing, and many wrong ones were typed from this network before. The right code still opens your "
    "report. Compare it with your note once more and take your time; then try again."
)
DAMAGED = gettext_lazy(
    "The code is right, but what it should open is damaged on our side. That is not your fault. Please make a new "
    "report and name the old number in it."
)
BUSY = gettext_lazy(
    "So many codes are being typed right now that yours could not be checked yet. Wa"
    "it a minute, then press the button once more."
)
NOT_STORED = gettext_lazy(
    "This could not be stored: there is no room for it here right now. Your words are still in the box. Send them once "
    "more in a few minutes."
)


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Show the form for the receipt code, and open a visit."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_with(form.cleaned_data["code"], limits.address_of(request))
        except TooManyError:
            form.add_error("code", TOO_MANY)
            return retry_after(_enter_page(request, form), limits.RECEIPT_TRY.wait)
        except DamagedError:
            form.add_error("code", DAMAGED)
        except work_queue.BusyError:
            form.add_error("code", BUSY)
            return retry_after(_enter_page(request, form), limits.RECEIPT_TRY.wait, status=503)
        else:
            if isinstance(opened, Certificate):
                return page(request, "followup/erased.html", "check", certificate=opened)
            if isinstance(opened, sealed_session.OpenSession):
                return sealed_session.set_cookie(SeeOther(reverse("reports:visit")), opened)
            form.add_error("code", REPLACED % {"when": in_words(opened.at)} if opened else OPENS_NOTHING)
    return _enter_page(request, form)


@no_store
@require_safe
@with_visit
def visit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the state, what is new, and what the reporter can do."""
    if "new" in visit.session.data:
        return SeeOther(reverse("reports:new_code"))
    return visit_page(request, visit)


@no_store
@post_only("visit")
@with_visit
def write(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send a message or a file from the reporter."""
    if aside := beside_send(request, visit):
        return aside
    sent, refused = request.FILES.getlist("files"), getattr(request, "refused_uploads", [])
    count = len(sent) + len(refused)
    form = WriteForm(request.POST, uploads=uploads_of(visit), file_count=len(sent))
    for file in files.classify(refused, count):
        form.add_error("text", files.describe(file))
    if not form.is_valid():
        return _refused(request, visit, form, has_file(request) and not refused)
    if (token := form.cleaned_data["send"]) and token in visit.session.data["used"]:
        return _redirect_to_visit()  # a double tap
    allowed = files.allowed(uploads_of(visit), form.cleaned_data.get("sexual"))
    if first := files.first_refusal(sent, list(visit.case.evidence.all()), allowed):
        form.add_error("text", files.describe(*files.classify([first], count)))
        return _refused(request, visit, form)
    return _send(request, visit, form, sent)


@no_store
@post_only("visit")
@with_visit
def request_review(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for a review by another person."""
    return _perform(request, visit, "request_review")


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@with_visit
def code_found(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Report that someone found the code: make a new one, and stop reading, not writing, until staff are sure."""
    if request.method == "POST":
        return change_code(request, visit, "freeze")
    return page(request, "followup/code_found.html", "code_found", case=visit.case)


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@with_visit
def new_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make a new secret for the same number, shown until it is written down; the old one stops working at once."""
    if request.method != "POST":
        return new_code_page(request, visit)
    if "written" in request.POST:
        visit.session.data.pop("new", None)
        visit.session.save()
        return _redirect_to_visit()
    return change_code(request, visit, "new_code")


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@with_visit
def withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for deletion; it happens after WITHDRAWAL_HOURS and can be undone until then (H7)."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _perform(request, visit, "withdraw", coerced=form.cleaned_data["coerced"] or "skip")
    return page(request, "followup/withdraw.html", "withdraw", form=form)


@no_store
@post_only("visit")
@with_visit
def cancel_withdrawal(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Cancel the withdrawal."""
    return _perform(request, visit, "cancel_withdrawal")


@no_store
@post_only("visit")
@with_visit
def agree(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Agree to close the case: it closes after 72 hours, and this can be undone until then."""
    return _perform(request, visit, "agree")


@no_store
@post_only("visit")
@with_visit
def keep_open(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Undo the agreement to close."""
    return _perform(request, visit, "keep_open")


def _enter_page(request: HttpRequest, form: CodeForm) -> HttpResponse:
    context = {"form": form, "is_error": bool(form.errors), "breaches": breaches.shown_notices()}
    return page(request, "followup/enter.html", "check", **context)


def _refused(request: HttpRequest, visit: Visit, form: WriteForm, file_chosen: bool = False) -> HttpResponse:
    """Show why the message was not sent. Its words stay in the visit, for a phone that asks for the page again (H5).

    ``file_chosen``: a file was not refused, and is lost with the message.
    """
    text = request.POST.get("text", "")
    keep(visit, text)
    return visit_page(request, visit, form, life=detector.is_mentioned(text), file_chosen=file_chosen)


def _perform(request: HttpRequest, visit: Visit, action: str, **details: object) -> HttpResponse:
    try:
        lifecycle.perform(visit.case, action, **details)
    except lifecycle.NotAllowed as refusal:
        return visit_page(request, visit, refusal=str(refusal))
    return _redirect_to_visit()


def _send(request: HttpRequest, visit: Visit, form: WriteForm, sent: list) -> HttpResponse:
    text, facts = form.cleaned_data["text"], visit.session.data
    life = detector.is_mentioned(text)
    try:
        with transaction.atomic():
            ring = visit.locked_keyring()
            evidence = [files.create_evidence(upload, ring) for upload in sent]
            details = {"text": text, "keyring": ring, "evidence": evidence, "risk": life}
            details["harm"] = harm_words.kinds_in(text)
            lifecycle.perform(visit.case, "reporter_reply", **details)
            facts |= {"sent": True, "life": life, "typed": "", "used": [*facts["used"], form.cleaned_data["send"]]}
            visit.session.save()
    except (DatabaseError, KeyMissingError) as error:
        log.error("a reporter's message could not be stored", extra={"facts": {"error": type(error).__name__}})
        files.abandon(sent)
        form.add_error("text", NOT_STORED)
        facts |= {"sent": False, "life": False}
        _keep_if_possible(visit, text)
        return visit_page(request, visit, form, life=life, file_chosen=bool(sent))
    except lifecycle.NotAllowed as refusal:
        files.abandon(sent)
        _keep_if_possible(visit, text)
        return visit_page(request, visit, form, str(refusal), life=life)
    except sealed_session.ConflictError:
        files.abandon(sent)
    return _redirect_to_visit()


def _keep_if_possible(visit: Visit, text: str) -> None:
    """Keep a message that could not be sent in the visit, for a reload; the page shows it in any case."""
    with suppress(DatabaseError, sealed_session.ConflictError):
        keep(visit, text)


def _redirect_to_visit() -> HttpResponse:
    return SeeOther(reverse("reports:visit"))
