"""Running text made ready for a page: numbers can be dialled, and links to other guides have their readable address.

An editor names a guide by its number (``/id/p/9/``), which stays when its address changes. A reader would be led on
from there, which costs a request and fails without internet, where a copy is kept under the readable address. A
sensitive guide keeps the neutral one (H9).
"""

import re
from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from education import urls_for
from education.models import Guide
from education.models.guide import HEAVY
from education.rendering import phone_links

_NEUTRAL = re.compile(r'(?<=href=")/(?:id|en)/p/(\d{1,5})/(?=["#])')


def named(*texts: str) -> set[int]:
    """The numbers of the guides to which ``texts`` link."""
    return {int(number) for text in texts for number in _NEUTRAL.findall(text)}


def linker(*texts: str) -> phone_links.Link:
    """A function that makes clean HTML ready; asks once more than for numbers alone if ``texts`` link to guides."""
    wanted = named(*texts)
    return linker_of(Guide.objects.published().filter(number__in=wanted).defer(*HEAVY) if wanted else ())


def linker_of(guides: Iterable[Guide]) -> phone_links.Link:
    """The same where the guides that are linked to are known; a link to any other stays as it is."""
    paths = {guide.number: urls_for.url_of(guide, get_language()) for guide in guides}
    dial = phone_links.linker()

    def link(html: str) -> SafeString:
        return dial(_NEUTRAL.sub(lambda found: paths.get(int(found[1]), found[0]), html))

    return link
