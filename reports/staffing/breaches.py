"""Notices of data breaches: the template for a new one, and those that everyone with a code reads now (J5)."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from safetycenter.memory import cached_for_seconds

from ..models.breach import Breach


@cached_for_seconds
def shown_notices() -> list[Breach]:
    """Return the breaches whose notice is shown now; the result may be up to ``memory.CACHE_SECONDS`` old."""
    now = timezone.now()
    current = Breach.objects.filter(Q(notice_until=None) | Q(notice_until__gt=now), notice_from__lte=now)
    # A public node may read no other column, so the usual order by ``known_at`` is not possible.
    return list(current.only("notice_from", *_columns()).order_by("-notice_from"))


def untold() -> QuerySet[Breach]:
    """Return the breaches of which the authority or those concerned have not been told, the oldest first."""
    silent = Q(notice_from=None) | Q(notice_from__gt=timezone.now())
    return Breach.objects.filter(Q(told_authority_at=None) | silent).order_by("known_at")


def first_notices() -> dict[str, str]:
    """Return the text with which the notice of a new breach begins, by column. [Gaps] are filled in by staff."""
    return {column: _first_notice(code) for code, column in zip(_languages(), _columns(), strict=True)}


def _first_notice(language: str) -> str:
    with translation.override(language):
        return _(
            "On [day] we learned that [which data] on this site may have been read by somebody who had no right to it. "
            "How it happened: [how].\n\nWhat we have done: [what]. What you can do: open your report with your "
            "code and change the code there. [More steps.]\n\nYou did nothing wrong. If you have a question, write to "
            "us with your code, or to [contact]."
        )


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _columns() -> list[str]:
    return [build_localized_fieldname("notice", code) for code in _languages()]
