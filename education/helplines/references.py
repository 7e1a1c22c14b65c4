"""Helplines and guides for the checklists of the desk, by slug and by number (``settings.DESK_REFERENCES``).

The moderation desk imports nothing of this app. It gets text that may stand in a message to a reporter: the numbers of
the directory as they are today, and only neutral addresses of guides (safety rule H9).
"""

import re

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from education.helplines import directory
from education.models import Guide, Helpline
from education.models.bilingual import LANGUAGES, has_slug
from education.models.readers import fits_reply

_OWN_PATH = re.compile(rf"/({'|'.join(LANGUAGES)})/[\w/-]+")
_OF_A_GUIDE = re.compile(r"education:(guide|handout|easy)(_by_number)?")


def helpline(slug: str, language: str) -> tuple[str, str]:
    """Return the helpline as text, with its name and with its numbers only; empty texts if readers cannot see it.

    A helpline that is not confirmed says so.
    """
    channels = [channel for channel in directory.channels() if channel.helpline.slug == slug]
    if not channels:
        return "", ""
    with override(language):
        ways = ", ".join(f"{channel.get_kind_display()} {channel.value}" for channel in channels if channel.value)
        if channels[0].helpline.status != Helpline.Status.ACTIVE:
            ways = _("%(numbers)s (not confirmed)") % {"numbers": ways}
        return f"{channels[0].helpline.text('name', language)}: {ways}", ways


def guide(number: int, language: str) -> str:
    """Return the neutral address of the guide, with the host; empty if it is not published."""
    if not Guide.objects.published().filter(number=number).exists():
        return ""
    with override(language):
        return settings.PUBLIC_URL + reverse("education:guide_by_number", args=[number])


def is_guide_for(number: int, formal: bool, is_adult: bool = False) -> bool:
    """Return whether a reply may link this guide (``fits_reply``). One that does not exist leads nobody anywhere."""
    found = Guide.objects.filter(number=number).values_list("audiences__key", flat=True)
    return not found or fits_reply({*found}, formal, is_adult)


def guides_linked_in(text: str) -> list[int]:
    """Return the numbers of the guides to which addresses of this site in ``text`` lead, in any language."""
    found = (_guide_at(path[0], path[1]) for path in _OWN_PATH.finditer(text))
    return [number for number in dict.fromkeys(found) if number is not None]


def _guide_at(path: str, language: str) -> int | None:
    with override(language):
        try:
            match = resolve(f"{path.rstrip('/')}/")
        except Resolver404:
            return None
    if not _OF_A_GUIDE.fullmatch(match.view_name):
        return None
    if "number" in match.kwargs:
        return match.kwargs["number"]
    return Guide.objects.filter(has_slug(match.kwargs["slug"])).values_list("number", flat=True).first()


def helpline_choices() -> list[tuple[str, str]]:
    """Return the helplines that readers can see: ``(slug, name)``, in the order of the directory."""
    return list({channel.helpline.slug: str(channel.helpline) for channel in directory.channels()}.items())


def guide_choices() -> list[tuple[int, str]]:
    """Return the published guides: ``(number, title)``."""
    return [(guide.number, str(guide)) for guide in Guide.objects.published().order_by("number")]
