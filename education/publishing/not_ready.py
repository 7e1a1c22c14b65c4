"""Mark a language of an open text as not ready, so that it is not published by accident with the other one.

Stored on the item in ``not_ready``: ``{"en": {"since": "2027-05-03", "by": 7}}`` means that the English of the open
text is unfinished since that day, and who said so (the key of an account). The mark ends with the text.
"""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from education.models import Publishable, Revision, Status
from education.models.bilingual import LANGUAGES
from education.publishing.guards import may_change
from education.publishing.publication import changed_languages
from education.translation import language_name
from safetycenter.transitions import NotAllowed


def mark(item: Publishable, languages: Collection[str], by: Any) -> dict:
    """Mark one language of the open text as not ready. Return what the record says about it.

    Raises NotAllowed if the text has nothing new in it, or if ``by`` may not write in it.
    """
    language = _only(item, languages, by)
    if language not in changed_languages(item):
        raise NotAllowed(_("No draft change is waiting in this language."))
    if is_approved(item, language):
        raise NotAllowed(_("This language is approved for a time. If it is not ready, a publisher can withdraw it."))
    item.not_ready = item.not_ready | {language: {"since": timezone.localdate().isoformat(), "by": by.pk}}
    return {"language": language}


def is_approved(item: Publishable, language: str) -> bool:
    """Return whether ``language`` of the open text goes live at an approved time, which a mark would undo unnoticed."""
    proposal = Revision.objects.open_proposal(item)
    return proposal is not None and proposal.status == Status.SCHEDULED and proposal.language in {"", language}


def unmark(item: Publishable, languages: Collection[str], by: Any) -> dict:
    """Remove the mark of one language. Return what the record says about it."""
    language = _only(item, languages, by)
    if language not in item.not_ready:
        raise NotAllowed(_("This language is not marked as not ready."))
    item.not_ready = {code: entry for code, entry in item.not_ready.items() if code != language}
    return {"language": language}


def refusal(item: Publishable, languages: Collection[str]) -> str | None:
    """Return why ``languages`` of the open text must not be published yet, or ``None``."""
    marked = [code for code in languages if code in item.not_ready]
    waiting = marked and [code for code in marked if code in changed_languages(item)]
    if not waiting:
        return None
    return _("%(language)s is marked as not ready.") % {"language": ", ".join(map(language_name, waiting))}


def _only(item: Publishable, languages: Collection[str], by: Any) -> str:
    """Return the one language of ``languages``."""
    if len(languages) != 1 or not set(languages) <= set(LANGUAGES):
        raise NotAllowed(_("Say which language."))
    if reason := may_change(item, languages, by):
        raise NotAllowed(reason)
    return next(iter(languages))
