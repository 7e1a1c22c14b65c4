"""The guides that a help text links. A reader who may be a child is not led to a text for adults.

The guide of a text for "me", a friend, a stranger or "did it" is for teens. The guide for adults on the same subject
is offered beside it, under a line that says for whom it is; who said "18 or over" gets that guide only.
"""

from dataclasses import dataclass

from education.models import Guide
from education.models.readers import CARERS, EVERYONE, TEENS, is_for_adults
from safetycenter.page_cache.per_version import per_version

from . import shipped

MINOR, ADULT = "minor", "adult"  # the age of a reader, as far as it is known


@dataclass(frozen=True)
class Reach:
    """Whom a published guide speaks to, and which other guides are on its subject."""

    audiences: frozenset[str]
    subject: str
    others: frozenset[int]


def guides_for(number: int | None, person: str, age: str) -> tuple[int | None, int | None]:
    """Return the numbers of the guide that the reader gets, and of the one that only adults are offered, or None.

    ``number`` is the guide of the text, ``age`` the reader's: MINOR, ADULT, or "" if it is not known.
    """
    known = _known()
    if number not in known or person in CARERS or person == shipped.ADULT:
        return number, None
    own = number if TEENS in known[number].audiences else None
    adults = number if is_for_adults(known[number].audiences) else _for_adults(known, number)
    if age == ADULT:
        return adults or own, None
    return own, adults if age != MINOR else None


def _for_adults(known: dict[int, Reach], number: int) -> int | None:
    """Return the number of the guide for adults to which the page of the guide ``number`` also links, or None."""
    guide = known[number]
    same = (n for n, other in known.items() if n in guide.others or (guide.subject and other.subject == guide.subject))
    return next(
        (n for n in sorted(same) if EVERYONE not in guide.audiences and is_for_adults(known[n].audiences)), None
    )


@per_version
def _known() -> dict[int, Reach]:
    """Return the published guides by number, read once for each cache version."""
    rows = Guide.objects.published().order_by("number").prefetch_related("audiences")
    return {
        guide.number: Reach(
            frozenset(audience.key for audience in guide.audiences.all()),
            guide.subject,
            frozenset(guide.other_guide_numbers),
        )
        for guide in rows.only("number", "subject", "also_for_others")
    }
