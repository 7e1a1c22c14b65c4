"""Buttons of the visit that leave the words in the message box: more time, the messages, the other language.

The words stay in the sealed session of the visit and are not sent. Words about dying show help at once (H5), and they
raise the report, as words of harm do (H28): who typed them may press nothing more.
"""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from safetycenter.transitions import NotAllowed
from safetycenter.views import SeeOther

from .. import harm_words
from ..cases import lifecycle
from ..crypto.vault.keys import KeyMissingError
from ..self_harm import detector
from ..views_common import KEPT_ANCHOR, no_store, post_only
from .access import Visit, with_visit

log = logging.getLogger(__name__)
NEW = "#new"  # the messages of the page
SHOWS = {"stay": (KEPT_ANCHOR, {}), "read": (NEW, {"opened": True}), "older": (NEW, {"opened": True, "older": True})}


def beside_send(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """Return the answer to a button of the message form that sends nothing; None for the one that sends."""
    button = next((name for name in SHOWS if name in request.POST), "")
    language = request.POST.get("language", "")
    if not button and language not in dict(settings.LANGUAGES):
        return None
    anchor, facts = SHOWS.get(button, ("", {}))
    text = request.POST.get("text", "")
    life = detector.is_mentioned(text)
    keep(visit, text, life=life, file_chosen=has_file(request), **facts)
    with translation.override(translation.get_language() if button else language):
        return SeeOther(reverse("reports:visit") + ("" if life else anchor))


# No page has these two buttons any more. A page that was open while the site was upgraded posts to them: delete them
# with the release after this one.
@no_store
@post_only("visit")
@with_visit
def read(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open the new messages: before this tap, a person beside the reporter cannot read them (H6)."""
    return _shown(visit, "read")


@no_store
@post_only("visit")
@with_visit
def show_older(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show earlier messages in this visit too."""
    return _shown(visit, "older")


def keep(visit: Visit, text: str, **facts: Any) -> None:
    """Keep ``text``, which is not sent, in the session of the visit, with other ``facts``.

    A life at risk, or harm, in the text raises the report as a sent message would; each kind once in a visit. Raises
    ConflictError and DatabaseError.
    """
    raised = visit.session.data.get("raised", [])
    kinds = {*harm_words.kinds_in(text), *(["risk"] if detector.is_mentioned(text) else [])} - {*raised}
    with transaction.atomic():
        if kinds and _raise(visit, kinds):
            raised = sorted({*raised, *kinds})
        visit.session.data |= {"typed": text, "raised": raised} | facts
        visit.session.save()


def has_file(request: HttpRequest) -> bool:
    """Return whether a file was chosen in this form that may be chosen again: not a picture said to be naked (H14)."""
    chosen = request.FILES or getattr(request, "refused_uploads", None)
    return bool(chosen) and request.POST.get("sexual") not in {"yes", "unsure"}


def _raise(visit: Visit, kinds: set[str]) -> bool:
    """Add the facts of unsent words to the report, not the words. Return False if nothing can be added to it."""
    known = {"age": visit.case.age_band, "category": visit.case.category_id}
    given: dict = {"risk": "yes"} if "risk" in kinds else {}
    if harm := sorted(kinds - {"risk"}):
        given["in_words"] = harm
    try:
        ring = visit.locked_keyring()
        facts: Any = {"ring": ring, "given": given, "known": known, "answers": known | given}
        visit.case = lifecycle.perform(visit.case, "reporter_added", **facts)
        visit.keyring = ring  # with the key of what was added
    except (NotAllowed, KeyMissingError) as error:
        log.error("unsent words could not raise a report", extra={"facts": {"error": type(error).__name__}})
        return False
    return True


def _shown(visit: Visit, button: str) -> HttpResponse:
    anchor, facts = SHOWS[button]
    visit.session.data |= facts
    visit.session.save()
    return SeeOther(reverse("reports:visit") + anchor)
