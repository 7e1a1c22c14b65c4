"""Opening a file: with a reason, recorded, as a re-rendered copy, grey and blurred at first, for this person only."""

from uuid import UUID

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from safetycenter.accounts.proof import confirmed
from safetycenter.roles import Account
from safetycenter.views import NoContent

from .. import scheduled_tasks
from ..cases import audit
from ..cases.file_guards import may_open_files
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..evidence import file_gate, view_copies
from ..evidence.files import facts
from ..models.case import Case
from ..models.evidence import Evidence
from . import looks
from .case_page import with_case
from .case_view import CaseView
from .forms import OpenForm

# One sentence for every cause: a specific one would reveal that a child's case names the same account.
CLOSED = gettext_lazy(
    "This file cannot be opened. Only the assignee of its case can open a file, and some stay closed. Ask child safety."
)
RENDER_FAILED = gettext_lazy("This file could not be displayed. It may be damaged. The sealed original is kept.")
READ_ERRORS = (ErasedError, UnreadableError, OSError)  # OSError: the sealed file is missing on disk


@require_POST
@confirmed  # not again when a picture is uncovered: a look that was granted ends after ten minutes
@with_case
def open_file(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Record the reason, make the view copy if there is none, and allow this person to see each page once."""
    item = _item(case, file_id)
    by_handler = case.handler_id == request.user.pk
    form, reading = OpenForm(request.POST, by_handler=by_handler), CaseView(case)
    if not form.is_valid():
        messages.error(request, _("Choose a reason before you open a file."))
        return redirect("admin:reports_case_page", ref=case.reference)
    if may_open_files(case, request.user) or _is_closed(case, item, reading):
        _record("file_refused", case, request.user, item, form.cleaned_data["reason"])
        messages.error(request, CLOSED)
        return redirect("admin:reports_case_page", ref=case.reference)
    _record("file_opened", case, request.user, item, form.cleaned_data["reason"])
    try:
        view_copies.make(item, reading.ring)
    except (view_copies.CannotRenderError, *READ_ERRORS):
        return _render_failed(request, case)
    looks.grant(request, item)
    return redirect("admin:reports_case_file", ref=case.reference, file_id=item.pk)


@require_GET
@with_case
def show_file(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Show the page with the view copy. A text is part of the page itself, so showing the page uses its one look."""
    item = _open_item(request, case, file_id)
    is_text = item.kind == Evidence.Kind.TEXT
    if not (looks.use(request, item, 1) if is_text else looks.granted(request, item)):
        return _closed_again(request, case)
    try:
        known, text = facts(item, case.staff_keyring()), _text(case, item) if is_text else None
    except READ_ERRORS:
        return _render_failed(request, case)
    context = {
        **admin.site.each_context(request),
        "title": case.display_reference,
        "case": case,
        "item": item,
        "facts": known,
        "pages": looks.pages(request, item),
        "text": text,
    }
    return render(request, "reports/triage/file.html", context)


@require_GET
@with_case
def show_page(request: HttpRequest, case: Case, file_id: UUID, number: int) -> HttpResponse:
    """Return the bytes of one page of the view copy, once."""
    item = _open_item(request, case, file_id)
    if number > item.copies or not looks.use(request, item, number):
        raise Http404
    try:
        drawn = view_copies.page(item, number, case.staff_keyring())
    except READ_ERRORS as error:
        raise Http404 from error
    response = HttpResponse(drawn, content_type="image/webp")
    response.headers["Content-Disposition"] = "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
@with_case
def uncover(request: HttpRequest, case: Case, file_id: UUID, number: int) -> HttpResponse:
    """Record that this person uncovers one page now.

    The script that holds the picture gets a 204; without script, the file's page is shown again, uncovered.
    """
    item, by_script = _open_item(request, case, file_id), request.headers.get("X-Requested-With") == "fetch"
    if not looks.granted(request, item) or not 1 <= number <= item.copies:
        return HttpResponse(status=409) if by_script else _closed_again(request, case)
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=case.pk)
        audit.record(locked, "revealed", request.user, file=str(item.pk), page=number)
    if by_script:
        return NoContent()
    looks.uncover(request, item, number)
    address = reverse("admin:reports_case_file", kwargs={"ref": case.reference, "file_id": item.pk})
    return redirect(f"{address}#page-{number}")


def _closed_again(request: HttpRequest, case: Case) -> HttpResponse:
    messages.info(
        request, _("You have already viewed this file, or its ten minutes are over. To open it again, choose a reason.")
    )
    return redirect("admin:reports_case_page", ref=case.reference)


def _render_failed(request: HttpRequest, case: Case) -> HttpResponse:
    messages.error(request, RENDER_FAILED)
    return redirect("admin:reports_case_page", ref=case.reference)


def _is_closed(case: Case, item: Evidence, reading: CaseView) -> bool:
    """Return whether this or a case naming the same account is a sexual matter that may involve a child (H14, J1)."""
    if reading.ring is None:
        return True
    scheduled_tasks.index_before_opening(case)
    if not Case.objects.filter(pk=case.pk, indexed=True).exists():
        return True  # the case is not indexed, so it is unknown whether it is linked
    if not file_gate.is_bound_key():
        return True  # indexed at a desk with another key: linked cases cannot be found here
    return bool(file_gate.closing_cause(case, reading.answers(), item, file_gate.link_status(case)))


def _item(case: Case, file_id: UUID) -> Evidence:
    prefetch_related_objects([case], "data_keys")  # the check of the parts and the file itself both need them
    item = case.evidence.filter(pk=file_id).first()
    if item is None:
        raise Http404
    return item


def _open_item(request: HttpRequest, case: Case, file_id: UUID) -> Evidence:
    """Return the file. A granted look ends when the file is closed or this person no longer holds the case."""
    item = _item(case, file_id)
    if may_open_files(case, request.user) or _is_closed(case, item, CaseView(case)):
        raise Http404
    return item


def _record(action: str, case: Case, by: Account, item: Evidence, reason: str) -> None:
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=case.pk)
        audit.record(locked, action, by, file=str(item.pk), reason=reason)


def _text(case: Case, item: Evidence) -> str:
    return view_copies.page(item, 1, case.staff_keyring()).decode("utf-8", "replace")
