"""The named lead takes a locked file out for the police: sealed as it is stored, and its key apart from it (K7).

No page opens the file. ``tools/open_locked_file.py`` does, without this site, for whom the lead gives both.
"""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from safetycenter.accounts.proof import confirmed

from ..cases import audit, police_guards
from ..cases.case_effects import shared
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keys import KeyMissingError
from ..evidence import store
from ..models.case import Case
from ..models.custody import CustodyKey
from .case_page import with_case
from .child_safety_forms import TakeOutForm
from .locked_files import HAND_OVER

FILE, KEY, PROGRAM = "file", "key", "program"
OPENS_IT = settings.BASE_DIR / "tools" / "open_locked_file.py"


@never_cache
@require_POST
@confirmed
@with_case
def take_out(request: HttpRequest, case: Case, file_id: UUID, part: str) -> HttpResponse:
    """Return the sealed bytes, or the page with the key, and record it with who decided; or the program for both.

    Raises Http404 for anyone but the named lead, as for a file that does not exist.
    """
    form, row = TakeOutForm(request.POST), case.custody_keys.filter(item=file_id).select_related("item", "lead").first()
    if part not in (FILE, KEY, PROGRAM) or row is None or police_guards.may_take_out(case, request.user):
        raise Http404
    if part == PROGRAM:  # it opens nothing without the two others
        return _program()
    if not form.is_valid():
        messages.error(request, _("Write first who decided that the file may leave."))
        return redirect("admin:reports_case_act", ref=case.reference, action=HAND_OVER)
    try:
        content = b"".join(store.pieces(row.item_id)) if part == FILE else row.open()
    except (KeyMissingError, UnreadableError, OSError):
        messages.error(request, _("This file or its key cannot be read here. Tell the administrator."))
        return redirect("admin:reports_case_act", ref=case.reference, action=HAND_OVER)
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=case.pk)
        if police_guards.may_take_out(locked, request.user):
            raise Http404
        if locked.version != form.cleaned_data["version"]:
            messages.error(request, _("Someone else changed this case while you were reading. Check the case again."))
            return redirect("admin:reports_case_act", ref=case.reference, action=HAND_OVER)
        shared.add_note(locked, cast("User", request.user), form.cleaned_data["reason"])
        audit.record(locked, police_guards.TAKEN, request.user, file=str(row.item_id), part=part)
    return _sealed(content) if part == FILE else _key(request, case, row, content)


def _sealed(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/octet-stream")
    # A neutral name, without anything of the case: it stays in the list of downloads.
    response.headers["Content-Disposition"] = 'attachment; filename="sealed.bin"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _program() -> HttpResponse:
    response = HttpResponse(OPENS_IT.read_bytes(), content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{OPENS_IT.name}"'
    return response


def _key(request: HttpRequest, case: Case, row: CustodyKey, key: bytes) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": case.display_reference, "case": case, "key": key.hex()}
    context |= {"name": row.item.key_name, "action": HAND_OVER, "row": row}
    return render(request, "reports/triage/locked_key.html", context)
