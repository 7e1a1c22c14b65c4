"""Opening a file: with a reason, recorded, drawn anew, grey and blurred at first, and for this person only."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from .. import audit
from ..conditions import may_open_files
from ..evidence import copies
from ..evidence.intake import facts
from ..models.case import Case
from ..models.evidence import Evidence
from ..questions import uploads
from ..vault.box import Unreadable
from ..vault.keyring import Erased
from . import looks
from .desk import with_case
from .forms import OpenForm
from .reading import Reading, linked_categories


@require_POST
@with_case
def open_file(request, case, file_id):
    """Record the reason, make the view copy if there is none, and grant this person one look at each page."""
    item = _item(case, file_id)
    if refusal := may_open_files(case, request.user):
        messages.error(request, refusal)
        return redirect("admin:reports_case_page", ref=case.reference)
    form, reading = OpenForm(request.POST), Reading(case)
    if not form.is_valid() or reading.ring is None:
        messages.error(request, reading.problem or _("Choose a reason before you open a file."))
        return redirect("admin:reports_case_page", ref=case.reference)
    if case.locked_at or _is_never_opened(case, reading):
        messages.error(request, _("Files are never opened in this kind of case. Tell the child-safety lead."))
        return redirect("admin:reports_case_page", ref=case.reference)
    _record(case, request.user, item, form.cleaned_data["reason"])
    try:
        copies.make(item, reading.ring)
    except (copies.CannotDraw, Erased, Unreadable):
        messages.error(request, _("This file could not be drawn. It may be damaged. The sealed original is kept."))
        return redirect("admin:reports_case_page", ref=case.reference)
    looks.grant(request, item)
    return redirect("admin:reports_case_file", ref=case.reference, file_id=item.pk)


@require_GET
@with_case
def show_file(request, case, file_id):
    """The page with the view copy. A text stands in the page itself, so that showing the page is its one look."""
    item = _open_item(request, case, file_id)
    is_text = item.kind == Evidence.Kind.TEXT
    if not (looks.use(request, item, 1) if is_text else looks.granted(request, item)):
        return _closed_again(request, case)
    context = {
        **admin.site.each_context(request),
        "title": case.shown_reference,
        "case": case,
        "item": item,
        "facts": facts(item, case.staff_keyring()),
        "pages": looks.pages(request, item),
        "text": _text(case, item) if is_text else None,
    }
    return render(request, "reports/triage/file.html", context)


@require_GET
@with_case
def show_page(request, case, file_id, number: int):
    """The bytes of one page of the view copy, once."""
    item = _open_item(request, case, file_id)
    if number > item.copies or not looks.use(request, item, number):
        raise Http404
    response = HttpResponse(copies.page(item, number, case.staff_keyring()), content_type="image/webp")
    response.headers["Content-Disposition"] = "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
@with_case
def uncover(request, case, file_id, number: int):
    """Record that this person uncovers one page now.

    The script that holds the picture is answered 204; without script the file's page is shown again, uncovered.
    """
    item, by_script = _open_item(request, case, file_id), request.headers.get("X-Requested-With") == "fetch"
    if not looks.granted(request, item) or not 1 <= number <= item.copies:
        return HttpResponse(status=409) if by_script else _closed_again(request, case)
    with transaction.atomic():
        locked = Case.objects.locked().get(pk=case.pk)
        audit.record(locked, "revealed", request.user, file=str(item.pk), page=number)
    if by_script:
        return HttpResponse(status=204)
    looks.uncover(request, item, number)
    address = reverse("admin:reports_case_file", kwargs={"ref": case.reference, "file_id": item.pk})
    return redirect(f"{address}#page-{number}")


def _closed_again(request, case: Case):
    messages.info(request, _("You have seen this file, or its ten minutes are over. Open it again with a reason."))
    return redirect("admin:reports_case_page", ref=case.reference)


def _is_never_opened(case: Case, reading: Reading) -> bool:
    """A sexual matter that may involve a child, of this case or of one that names the same account (H14, J1)."""
    return uploads(reading.answers(), case.strictest_category) == "none" or any(
        uploads({}, category) == "none" for category in linked_categories(case)
    )


def _item(case: Case, file_id) -> Evidence:
    item = case.evidence.filter(pk=file_id).first()
    if item is None:
        raise Http404
    return item


def _open_item(request, case: Case, file_id) -> Evidence:
    """Return the file. A look that was granted ends when the case is locked or is no longer with this person."""
    if case.locked_at or may_open_files(case, request.user):
        raise Http404
    return _item(case, file_id)


def _record(case: Case, by, item: Evidence, reason: str) -> None:
    with transaction.atomic():
        locked = Case.objects.locked().get(pk=case.pk)
        audit.record(locked, "file_opened", by, file=str(item.pk), reason=reason)


def _text(case: Case, item: Evidence) -> str:
    return copies.page(item, 1, case.staff_keyring()).decode("utf-8", "replace")
