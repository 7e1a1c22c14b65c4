"""What waits for one person of the newsroom: rows of the first page."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.models import Guide, Revision, State, Status
from safetycenter.hints import Text

from .due_filters import DUE_WITHIN
from .waiting import DUE, MAX_LISTED, Waiting


def rows(work: Waiting) -> Iterator[dict]:
    """Yield what the person of ``work`` wrote and is not published yet, each with links to the texts."""
    drafts = [text for text in work.mine(Status.SAVED) if text.found.state == State.DRAFT]
    returned = [one for one in drafts if one.last_action == "return"]
    changes = work.mine(Status.RETURNED)
    yield _row(
        gettext_lazy("Returned to you: changes requested"), _links("proposal", changes) + _links("change", returned)
    )
    yield _row(gettext_lazy("Your drafts"), _links("change", [one for one in drafts if one not in returned]))
    waiting = _links("proposal", work.mine(Status.WAITING))
    yield _row(gettext_lazy("Your draft changes that wait for a publisher"), waiting)


def due_soon(work: Waiting) -> dict:
    """Return the guides whose review is due in the next 30 days, the earliest first."""
    due = sorted(work.items(DUE, Guide), key=lambda guide: guide.review_due)
    links = [
        (str(guide), date_format(guide.review_due), reverse("admin:education_guide_change", args=[guide.pk]))
        for guide in due
    ]
    row = _row(_("Guides whose review is due within %(days)d days") % {"days": DUE_WITHIN.days}, links)
    return row | {"address": reverse("admin:education_guide_changelist") + "?review=soon"}


def _row(label: Text, links: list[tuple[str, str, str]]) -> dict:
    address = links[0][2] if len(links) == 1 else reverse("admin:education_revision_changelist")
    return {"label": label, "count": len(links), "address": address, "links": links[:MAX_LISTED]}


def _links(page: str, texts: list[Any]) -> list[tuple[str, str, str]]:
    """Return for each revision of ``texts`` the name of its item, its day, and the address of the item's ``page``."""
    return [
        (
            str(one.found),
            _day(one),
            reverse(f"admin:education_{one.found._meta.model_name}_{page}", args=[one.object_id]),
        )
        for one in texts
    ]


def _day(revision: Revision) -> str:
    return date_format(timezone.localtime(revision.written_at), "j F Y")
