"""What readers learn about a change: one sentence in each language that was published.

Stored on the item in ``told_changes``, the newest first: ``[{"on": "2027-05-03", "id": "…", "en": "…"}]``.
``Publishable.changes_for_readers`` reads it.
"""

from collections.abc import Collection, Mapping

from django.utils import timezone

from education.models import Guide, Lesson, News, Page, Platform, Publishable, Quiz, Revision, State
from education.publishing.publication import is_sensitive

MOST_KEPT = 5
MAX_LENGTH = 200
SHOWN_ON = (Guide, News, Page, Quiz, Lesson, Platform)  # kinds whose page says when it was changed


def may_be_told(item: Publishable) -> bool:
    """Return whether a publisher may tell readers what changed: not of a minor edit, nor of a first publication.

    On a sensitive page nobody publishes words that no second person has read, so readers see the date only.
    """
    if not isinstance(item, SHOWN_ON) or item.state not in {State.PUBLISHED, State.ARCHIVED}:
        return False
    proposal = Revision.objects.open_proposal(item)
    return not (proposal and proposal.minor) and not is_sensitive(item)


def told_in(item: Publishable, told: Mapping[str, str], languages: Collection[str]) -> dict[str, str]:
    """Return what of ``told`` (by language) readers see when ``item`` is published in ``languages``."""
    found = {code: " ".join(told.get(code, "").split())[:MAX_LENGTH] for code in languages}
    found = {code: text for code, text in found.items() if text}
    return found if found and may_be_told(item) else {}


def tell(item: Publishable, told: Mapping[str, str]) -> None:
    """Put ``told`` before what ``item`` tells of earlier changes, without saving."""
    if told:
        entry = {"on": timezone.localdate().isoformat(), **told}
        item.told_changes = [entry, *item.told_changes][:MOST_KEPT]
