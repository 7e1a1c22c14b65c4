"""What an action of the newsroom did, in a sentence."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from education.models.publishing import live_on
from safetycenter.hints import Text

_SEEN = _("Published: readers see it now.")
SENTENCES: dict[str, Text] = {
    "submit": _("Submitted for review. Somebody else decides next."),
    "publish": _SEEN,
    "publish_now": _SEEN,
    "schedule": _("Approved for its time."),
    "cancel_time": _("The time is cancelled, and readers do not see the text."),
    "approve": _("Approved. A publisher decides next."),
    "return": _("Sent back to its author with your note."),
    "withdraw": _("Withdrawn from review. Nothing that was written is lost."),
    "confirm": _("Marked as up to date."),
    "not_needed": _("Marked as not needed in this language."),
    "needed": _("Marked as needed in this language."),
    "not_ready": _("Marked as not ready."),
    "ready": _("Marked as ready."),
    "archive": _("Unpublished: readers no longer see it."),
    "confirm_unpublish": _("It stays unpublished."),
    "restore": _("Published again: readers see it now."),
}


def message(name: str, moment: datetime | None = None) -> str:
    """Return the sentence that says that the action ``name`` was done; ``moment`` is when readers see it, if later."""
    return f"{live_on(moment)}." if moment else str(SENTENCES[name])
