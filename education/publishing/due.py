"""Publish approved texts at their time, or return them to the editors with the reason."""

import logging
from collections.abc import Collection
from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from education.models import Publishable, Revision, Status
from education.models.bilingual import LANGUAGES
from education.models.serialization import snapshot
from education.publishing import checks, groups, not_ready, told_changes
from education.publishing.publication import CHECK_COLUMNS, candidate_for, publish_open_text
from safetycenter.page_cache import cache_version

log = logging.getLogger("education.publishing.due")


def publish_due(now: datetime | None = None) -> int:
    """Publish the approved texts that are due; return their number. Safe to repeat and to run concurrently."""
    due = Revision.objects.filter(status=Status.SCHEDULED, goes_live_at__lte=now or timezone.now())
    return sum(_publish_due(revision.pk) for revision in due.order_by("goes_live_at"))


def _publish_due(key: int) -> bool:
    try:
        with cache_version.batch():
            return _publish_one(Revision.objects.get(pk=key))
    except Exception:
        # Readers keep the present text; editors find this one in the list of work to do.
        log.exception("a scheduled text could not be published", extra={"facts": {"revision": key}})
        _return_after_error(key)
        return False


def _publish_one(revision: Revision) -> bool:
    model = cast("type[Publishable]", revision.content_type.model_class())
    item = model.objects.select_for_update().get(pk=revision.object_id)
    revision.refresh_from_db()
    if revision.status != Status.SCHEDULED:
        return False
    groups.hold(item, snapshot(item), revision.data)
    languages = [revision.language] if revision.language else LANGUAGES
    approval = Revision.objects.for_item(item).filter(action="schedule").select_related("author").first()
    reason = _refusal(item, languages, approval)
    if reason is not None or approval is None:  # without an approval there is a reason
        _return_to_editors(item, revision, reason or "")
        return False
    publish_open_text(item, languages)
    told_changes.tell(item, approval.told)
    item.save()
    Revision.objects.record(item, approval.author, action="publish", language=revision.language, told=approval.told)
    return True


def _refusal(item: Publishable, languages: Collection[str], approval: Revision | None) -> str | None:
    """Return why an approved text must not go live now, or ``None``.

    Either a check reports an error, a writer has marked it as not ready, or readers no longer see the text that they
    saw at the approval.
    """
    if reason := not_ready.refusal(item, languages):
        return reason
    stopped = [finding for finding in checks.findings(candidate_for(item, languages)) if finding.level == checks.ERROR]
    if stopped:
        return stopped[0].text
    if approval is None or _differs_from_approved(approval.data, snapshot(item)):
        return _("What readers see has changed since it was approved. Compare the two, and have it approved again.")
    return None


def _differs_from_approved(approved_over: dict, now: dict) -> bool:
    """Return whether readers see another text ``now`` than at the approval.

    A check of a number in the meantime does not count, because it is recorded in both texts.
    """
    names = (approved_over.keys() & now.keys()) - CHECK_COLUMNS
    return any(approved_over[name] != now[name] for name in names)


def _return_to_editors(item: Publishable, revision: Revision, reason: str) -> None:
    revision.status, revision.goes_live_at = Status.RETURNED, None
    revision.save(update_fields=["status", "goes_live_at"])
    note = _("It could not be published at the scheduled time. %(finding)s") % {"finding": reason}
    Revision.objects.record(item, None, note=note[:300], action="return")


def _return_after_error(key: int) -> None:
    reason = _("An error occurred. Save it and have it approved again, or tell the server administrator.")
    try:
        with transaction.atomic():
            revision = Revision.objects.select_for_update().get(pk=key)
            if revision.status == Status.SCHEDULED:
                _return_to_editors(revision.item, revision, reason)
    except Exception:
        log.exception("a scheduled text could not be sent back", extra={"facts": {"revision": key}})
