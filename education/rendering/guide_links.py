"""Prepare running text for a page: numbers can be dialled, and links to other guides get their readable address.

Editors link to a guide by its number (``/id/p/9/``), which never changes. For readers, that address would be a
redirect, which costs a request and fails offline, where copies are stored under the readable address. Sensitive guides
keep the neutral address (H9).
"""

import re

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from education import urls_for
from education.models import Guide
from education.models.guide import HEAVY
from education.rendering import phone_links

_NEUTRAL = re.compile(r'(?<=href=")/(?:id|en)/p/(\d{1,5})/(?=["#])')


def linker(*texts: str) -> phone_links.Link:
    """Return a function that prepares clean HTML. Takes one query if ``texts`` link to guides."""
    wanted = {int(number) for text in texts for number in _NEUTRAL.findall(text)}
    guides = Guide.objects.published().filter(number__in=wanted).defer(*HEAVY) if wanted else ()
    paths = {guide.number: urls_for.url_of(guide, get_language()) for guide in guides}
    dial = phone_links.linker()

    def link(html: str) -> SafeString:
        return dial(_NEUTRAL.sub(lambda found: paths.get(int(found[1]), found[0]), html))

    return link
