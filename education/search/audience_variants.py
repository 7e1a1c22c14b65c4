"""Prefer the variant of a guide that is written for carers: "anak saya dirundung" is for parents, not for teens."""

from collections import defaultdict
from collections.abc import Iterator

from education.models import SearchDoc
from safetycenter.page_cache.per_version import per_version

from . import items


def prefer_audience(carers: list[str], keys: list[str]) -> Iterator[str]:
    """Return ``keys`` with, before each guide, its variant for the readers of the guides ``carers``.

    Among several variants, the one for the fewest other audiences. None if the guide itself is for those readers.
    """
    if not carers:
        yield from keys
        return
    readers, of_subject = _guides()
    theirs = set().union(*(readers.get(number, ()) for number in carers))
    for key in keys:
        if not readers.get(key, theirs) & theirs:
            voices = [number for number in of_subject.get(key, ()) if readers[number] & theirs]
            yield from sorted(voices, key=lambda number: len(readers[number]))[:1]
        yield key


@per_version
def _guides() -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """Return for each guide number the keys of its audiences and the numbers of all guides on the same subject."""
    audiences, readers, of_subject = items.audiences_of_guides(), {}, defaultdict(list)
    for pk, guide in items.readable(SearchDoc.Kind.GUIDE).items():
        number = str(guide.number)
        readers[number] = {audience.key for audience in audiences.get(pk, ())}
        if guide.subject:
            of_subject[guide.subject].append(number)
    return readers, {number: numbers for numbers in of_subject.values() for number in numbers}
