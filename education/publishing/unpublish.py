"""Taking an item away from readers: one person does it at once, a second person confirms it or puts it back."""

from django.db.models import Model
from django.utils.translation import gettext as _

from education.models import Publishable, Revision, Status
from education.models.serialization import snapshot
from education.publishing.publication import PUBLISH, is_sensitive
from safetycenter.transitions import NotAllowed


def pending(item: Publishable) -> Revision | None:
    """Return the record of the take-down of ``item`` on which a second person has not decided yet."""
    return Revision.objects.of(item).filter(status=Status.TO_CONFIRM).select_related("author").first()


def unpublish(item: Publishable, by: Model, note: str) -> dict:
    """Return what the record of a take-down says beside its text; raises NotAllowed without a reason.

    An approval for a later time ends. A publisher decides alone on what is not sensitive.
    """
    if not note.strip():
        raise NotAllowed(_("Say why you are unpublishing it."))
    approved = Revision.objects.of(item).filter(status=Status.SCHEDULED)
    approved.update(status=Status.WAITING, goes_live_at=None, language="")
    alone = by.has_perm(PUBLISH) and not is_sensitive(item)
    return {"status": Status.KEPT if alone else Status.TO_CONFIRM}


def settle_unpublished(item: Publishable) -> None:
    """Note that a second person has decided on the take-down of ``item``, if it waited for one."""
    Revision.objects.of(item).filter(status=Status.TO_CONFIRM).update(status=Status.KEPT)


def may_decide(item: Publishable, by: Model) -> str | None:
    """Return the sentence that refuses ``by`` to confirm the take-down of ``item``, or ``None``."""
    record = pending(item)
    if record is None:
        return _("Nobody has to confirm that it was unpublished.")
    return _("You unpublished this. Another person confirms that or republishes it.") if record.author == by else None


def may_restore(item: Publishable, by: Model) -> str | None:
    """The same for putting it back as it was; a text that was changed since goes through the publish checks."""
    if refusal := may_decide(item, by):
        return refusal
    changed = pending(item).data != snapshot(item)
    return _("The text has changed since. Publish it, so that it is checked.") if changed else None
