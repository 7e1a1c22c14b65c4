"""The ways to people on call that are set up here, and whether one of each kind was tested."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from .finding import ADVICE, Finding, ok


def findings() -> Iterator[Finding]:
    """Yield a finding for each kind of channel that is set up and has no channel that works."""
    what, untested = _("On call: the ways that are set up are tested"), import_string(settings.UNTESTED_CHANNELS)()
    if not untested:
        yield ok(what)
    advice = _("No channel in use works: none was tested in 30 days, or all fail. Test one on “How you are reached”.")
    for kind in untested:
        yield Finding(ADVICE, what, advice, kind)
