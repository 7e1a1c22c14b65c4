"""Unpublish an item: one person does it at once, then a second person confirms it or republishes the item."""

from django.db.models import Model
from django.utils.translation import gettext as _

from education import page_groups
from education.models import Publishable, Revision, Status
from education.models.serialization import snapshot
from education.publishing import groups, translation_status
from education.publishing.publication import PUBLISH_PERMISSION, is_sensitive
from safetycenter.page_cache import cache_version
from safetycenter.transitions import NotAllowed


def pending(item: Publishable) -> Revision | None:
    """Return the record of unpublishing ``item`` that a second person has not decided on yet, or ``None``."""
    return Revision.objects.for_item(item).filter(status=Status.TO_CONFIRM).select_related("author").first()


def unpublish(item: Publishable, by: Model, note: str) -> dict:
    """Unpublish ``item``; return the extra fields of the record.

    Raises NotAllowed if ``note`` gives no reason, or if pages that readers see show its name.

    A scheduled approval is cancelled, and no earlier text is quoted any more. A publisher needs no second person unless
    the item is sensitive.
    """
    if not note.strip():
        raise NotAllowed(_("Say why you are unpublishing it."))
    if refusal := groups.unpublish_refusal(item):
        raise NotAllowed(refusal)
    approved = Revision.objects.for_item(item).filter(status=Status.SCHEDULED)
    approved.update(status=Status.WAITING, goes_live_at=None, language="")
    item.outdated_fields = translation_status.without_quotes(item.outdated_fields)
    if touched := page_groups.of_alone(item):
        cache_version.touches_only(*touched)
    alone = by.has_perm(PUBLISH_PERMISSION) and not is_sensitive(item)
    return {"status": Status.SAVED if alone else Status.TO_CONFIRM}


def confirm_unpublished(item: Publishable) -> None:
    """Record that a second person has decided on the unpublishing of ``item``, if a decision was pending."""
    Revision.objects.for_item(item).filter(status=Status.TO_CONFIRM).update(status=Status.SAVED)


def may_decide(item: Publishable, by: Model) -> str | None:
    """Return why ``by`` may not confirm the unpublishing of ``item``, or ``None`` if they may."""
    record = pending(item)
    if record is None:
        return _("No confirmation is needed that it was unpublished.")
    return _("You unpublished this. Another person must confirm that or republish it.") if record.author == by else None


def may_restore(item: Publishable, by: Model) -> str | None:
    """Return why ``by`` may not republish ``item`` unchanged, or ``None``.

    A changed text must pass the publish checks.
    """
    if refusal := may_decide(item, by):
        return refusal
    text = snapshot(item)
    if pending(item).data != text:
        return _("The text has changed since. Publish it, so that it is checked.")
    return next((why for _field, why in groups.unseen(getattr(item, "topic", None), text.get("audiences", []))), None)
