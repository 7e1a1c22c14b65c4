"""Buttons of the visit that leave the words in the message box: more time, the messages, the other language.

The words stay in the sealed session of the visit and are not sent. Words about dying show help at once (H5).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from safetycenter.views import SeeOther

from ..self_harm import detector
from ..views_common import KEPT_ANCHOR
from .access import Visit

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
    visit.session.data |= {"typed": text, "life": life} | facts
    visit.session.save()
    with translation.override(translation.get_language() if button else language):
        return SeeOther(reverse("reports:visit") + ("" if life else anchor))
