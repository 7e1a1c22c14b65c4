"""Check the sources beside a text: somebody opened each, and a guide rests on enough of them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.models import Guide
from education.models.sources import Mark

from .finding import WARNING, Candidate, Finding

LEAST = 3  # of a guide
INDEPENDENT = 2  # publishers, where none is official
_REMARK = re.compile(r" \(.*\)$")  # as in "peraturan.info (UU 12/2022)"


def are_enough(rows: list[dict]) -> bool:
    """Return whether a guide may rest on these sources: at least three, of them one official or two independent.

    Independent are two sources that no publisher shares. That both quote the same announcement is not noticed.
    """
    is_official = any(row.get("mark") == Mark.OFFICIAL for row in rows)
    return len(rows) >= LEAST and (is_official or independent_publishers(rows) >= INDEPENDENT)


def independent_publishers(rows: list[dict]) -> int:
    """Return how many independent voices the sources have: those that share a publisher are one."""
    voices: list[set[str]] = []
    for row in rows:
        publishers = _publishers(row)
        shared = [voice for voice in voices if voice & publishers]
        voices = [voice for voice in voices if voice not in shared] + [publishers.union(*shared)]
    return len(voices)


def _publishers(row: dict) -> set[str]:
    """Return the names of who published the source, as "Kompas" and "Kompas.com" share one."""
    names = _REMARK.sub("", row["publisher"]).casefold().split(",")
    return {name.strip().removesuffix(".com") for name in names}


def check_number_of_sources(candidate: Candidate) -> Iterator[Finding]:
    """Report a guide that rests on few sources, or only on what one publisher says who is not official."""
    if isinstance(candidate.item, Guide) and not are_enough(candidate.data.get("sources", [])):
        text = _(
            "A guide needs at least three sources: one of them official, or two by different publishers. "
            "Add sources, or leave out what has none."
        )
        yield Finding(WARNING, text, "sources")


def check_sources(candidate: Candidate) -> Iterator[Finding]:
    """Report sources without a check date. An unchecked source may be gone or say something else."""
    rows = [row for row in candidate.data.get("sources", []) if not row.get("checked_on")]
    unchecked, addresses = [row["publisher"] for row in rows], [row.get("url", "") for row in rows]
    if unchecked:
        sentence = ngettext(
            "%(count)d source has no check date: %(names)s",
            "%(count)d sources have no check date: %(names)s",
            len(unchecked),
        )
        names = ", ".join(dict.fromkeys(unchecked))
        facts = {"count": len(unchecked), "names": names}
        yield Finding(WARNING, sentence % facts, "sources", "unchecked sources", frozenset(addresses))


CHECKS = (check_number_of_sources, check_sources)
