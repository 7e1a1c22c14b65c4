"""Opening a file: with a reason, recorded, drawn anew, grey and blurred at first, and for this person only."""

import secrets
from datetime import timedelta

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from safetycenter.limits import Limit

from .. import audit, file_gate, upkeep
from ..conditions import may_open_files
from ..evidence import copies
from ..evidence.intake import facts
from ..models.case import Case
from ..models.evidence import Evidence
from ..vault.box import Unreadable
from ..vault.keyring import Erased
from .desk import with_case
from .forms import OpenForm
from .reading import Reading

GRANT_LASTS = timedelta(minutes=10)
# Counted in the database, so that of two requests at once only one is shown the page.
LOOK = Limit("file-look", 1, GRANT_LASTS)
# One sentence for every cause: another one would tell that a case of a child exists that names the same account.
CLOSED = gettext_lazy(
    "This file cannot be opened. A file opens only for the person who holds its case, and some stay closed. "
    "Ask child safety."
)


@require_POST
@with_case
def open_file(request, case, file_id):
    """Record the reason, make the view copy if there is none, and grant this person one look at each page."""
    item = _item(case, file_id)
    form, reading = OpenForm(request.POST), Reading(case)
    if not form.is_valid():
        messages.error(request, _("Choose a reason before you open a file."))
        return redirect("admin:reports_case_page", ref=case.reference)
    if may_open_files(case, request.user) or _is_closed(case, item, reading):
        _record("file_refused", case, request.user, item, form.cleaned_data["reason"])
        messages.error(request, CLOSED)
        return redirect("admin:reports_case_page", ref=case.reference)
    _record("file_opened", case, request.user, item, form.cleaned_data["reason"])
    try:
        copies.make(item, reading.ring)
    except (copies.CannotDraw, Erased, Unreadable):
        messages.error(request, _("This file could not be drawn. It may be damaged. The sealed original is kept."))
        return redirect("admin:reports_case_page", ref=case.reference)
    _grant(request, item)
    return redirect("admin:reports_case_file", ref=case.reference, file_id=item.pk)


@require_GET
@with_case
def show_file(request, case, file_id):
    """The page with the view copy. A text stands in the page itself, so that showing the page is its one look."""
    item = _open_item(request, case, file_id)
    is_text = item.kind == Evidence.Kind.TEXT
    if not (_use_grant(request, item, 1) if is_text else _granted(request, item)):
        return redirect("admin:reports_case_page", ref=case.reference)
    context = {
        **admin.site.each_context(request),
        "title": case.shown_reference,
        "case": case,
        "item": item,
        "facts": facts(item, case.staff_keyring()),
        "pages": range(1, item.copies + 1),
        "text": _text(case, item) if is_text else None,
    }
    return render(request, "reports/triage/file.html", context)


@require_GET
@with_case
def show_page(request, case, file_id, number: int):
    """The bytes of one page of the view copy, once."""
    item = _open_item(request, case, file_id)
    if number > item.copies or not _use_grant(request, item, number):
        raise Http404
    response = HttpResponse(copies.page(item, number, case.staff_keyring()), content_type="image/webp")
    response.headers["Content-Disposition"] = "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _is_closed(case: Case, item: Evidence, reading: Reading) -> bool:
    """A sexual matter that may involve a child, of this case or of one that names the same account (H14, J1)."""
    if reading.ring is None:
        return True
    upkeep.mark(case.pk)  # a case that just arrived may wait for housekeeping
    return bool(file_gate.why_closed(case, reading.answers(), item, file_gate.links(case)))


def _item(case: Case, file_id) -> Evidence:
    item = case.evidence.filter(pk=file_id).first()
    if item is None:
        raise Http404
    return item


def _open_item(request, case: Case, file_id) -> Evidence:
    """Return the file. A granted look ends when the file is closed or the case is no longer with this person."""
    item = _item(case, file_id)
    if may_open_files(case, request.user) or _is_closed(case, item, Reading(case)):
        raise Http404
    return item


def _record(action: str, case: Case, by, item: Evidence, reason: str) -> None:
    with transaction.atomic():
        locked = Case.objects.locked().get(pk=case.pk)
        audit.record(locked, action, by, file=str(item.pk), reason=reason)


def _text(case: Case, item: Evidence) -> str:
    return copies.page(item, 1, case.staff_keyring()).decode("utf-8", "replace")


def _grant(request, item: Evidence) -> None:
    grants = request.session.get("files", {})
    until = (timezone.now() + GRANT_LASTS).timestamp()
    grant = {"id": secrets.token_hex(16), "until": until, "left": list(range(1, item.copies + 1))}
    request.session["files"] = grants | {str(item.pk): grant}


def _granted(request, item: Evidence) -> dict | None:
    grant = request.session.get("files", {}).get(str(item.pk))
    return grant if grant and grant["until"] > timezone.now().timestamp() else None


def _use_grant(request, item: Evidence, number: int) -> bool:
    grant = _granted(request, item)
    if not grant or number not in grant["left"]:
        return False
    grant["left"].remove(number)
    request.session.modified = True
    return LOOK.hit(f"{grant['id']}:{number}")
