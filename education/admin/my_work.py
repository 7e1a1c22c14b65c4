"""What waits for one person of the newsroom: rows of the first page."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from education.models import Guide, Platform, Revision, State, Status
from safetycenter.hints import Text

from .due_filters import DUE_WITHIN
from .own_texts import DRAFTS, RETURNED, WAITING, OwnTextsFilter
from .waiting import DUE, MAX_LISTED, Waiting


def rows(work: Waiting) -> Iterator[dict]:
    """Yield what the person of ``work`` wrote and is not published yet, each with links to the texts."""
    drafts = [text for text in work.mine(Status.SAVED) if text.found.state == State.DRAFT]
    returned = [one for one in drafts if one.last_action == "return"]
    changes = work.mine(Status.RETURNED)
    others = [one for one in drafts if one not in returned]
    waiting = work.mine(Status.WAITING) + [one for one in work.mine(Status.SAVED) if one.found.state == State.IN_REVIEW]
    for label, choice, links in (
        (_("Returned to you: changes requested"), RETURNED, _links("proposal", changes) + _links("change", returned)),
        (_("Your drafts"), DRAFTS, _links("change", others)),
        (_("Your texts that wait for a publisher"), WAITING, _links("proposal", waiting)),
    ):
        address = reverse("admin:education_revision_changelist") + f"?{OwnTextsFilter.parameter_name}={choice}"
        yield _row(label, links, links[0][2] if len(links) == 1 else address)


def corrections(work: Waiting) -> Iterator[dict]:
    """Yield a row for each release whose corrections wait, with a link to the page that decides on them by kind."""
    for release, count in work.corrections().items():
        label = _("Corrections of release %(release)s to decide on by kind") % {"release": release}
        yield {"label": label, "count": count, "address": reverse("admin:education_corrections", args=[release])}


def due_soon(work: Waiting) -> Iterator[dict]:
    """Yield the guides, then the apps, whose review is due in the next 30 days, the earliest first."""
    for model, label in (
        (Guide, _("Guides whose review is due within %(days)d days")),
        (Platform, _("Apps whose review is due within %(days)d days")),
    ):
        page = f"admin:education_{model._meta.model_name}"
        due = sorted(work.items(DUE, model), key=lambda item: item.review_due)
        links = [(str(item), date_format(item.review_due), reverse(f"{page}_change", args=[item.pk])) for item in due]
        yield _row(label % {"days": DUE_WITHIN.days}, links, reverse(f"{page}_changelist") + "?review=soon")


def _row(label: Text, links: list[tuple[str, str, str]], address: str) -> dict:
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
