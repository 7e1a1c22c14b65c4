"""Files that staff sent with a message: offered behind the tap that opens messages, and downloaded one by one (H10)."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.views import SeeOther

from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..models.case import Case
from ..models.evidence import Evidence
from ..models.sent_file import SUFFIXES, SentFile, refuses_sent_files
from ..views_common import no_store, post_only
from .access import Visit, with_visit


class Offered(NamedTuple):
    """A file as the page offers it: its id, its number, and until when it can be opened."""

    id: UUID
    number: int
    until: datetime


def offered(case: Case) -> dict[UUID, Offered]:
    """Return the files that the reporter may open now, by the id of their message."""
    if case.frozen_at or refuses_sent_files(case):
        return {}
    rows = case.sent_files.filter(SentFile.readable(timezone.now())).defer("sealed")
    return {row.message_id: Offered(row.id, number, row.kept_until) for number, row in enumerate(rows, start=1)}


@no_store
@post_only("visit")
@with_visit
def sent_file(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Return one file that this visit offers, to be saved and not shown; otherwise the page of the visit."""
    chosen = request.POST.get("file", "")
    found = [file for file in offered(visit.case).values() if visit.session.data["opened"] and str(file.id) == chosen]
    with suppress(ErasedError, UnreadableError, SentFile.DoesNotExist):  # erased a moment ago
        for file in found:
            return _download(SentFile.objects.get(pk=file.id), file.number, visit)
    return SeeOther(reverse("reports:visit"))


def _download(row: SentFile, number: int, visit: Visit) -> HttpResponse:
    kind, data = row.opened(visit.keyring)
    response = HttpResponse(data, content_type=str(kind))
    name = f"{_('document')}-{number}.{SUFFIXES[Evidence.Kind(kind)]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
