"""The version of a page: the number of the last publication that touched it (docs/decisions/page-versions.md).

A page names the groups that it belongs to. A publication that proves that it touches some groups only names these;
every other one touches every page. A page that names no groups is touched by every publication.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

MOST_GROUPS = 500  # named one by one; one more, and the next publication touches every page


class Versions(NamedTuple):
    """The current number, that of the last publication that touched every page, and the later ones of single groups."""

    number: int
    everything: int
    groups: Mapping[str, int]

    @classmethod
    def whole(cls, number: int) -> "Versions":
        """Return the versions after a publication with this number that touched every page."""
        return cls(number, number, {})

    @classmethod
    def of_record(cls, number: int, record: Mapping[str, Any] | None) -> "Versions":
        """Return the versions that ``record`` describes, as ``after`` wrote it with this number.

        A record of another number says nothing: a node of a release without groups has raised the number since. Then
        every page was touched.
        """
        if not record or record.get("number") != number:
            return cls.whole(number)
        return cls(number, record["everything"], record["groups"])

    def after(self, groups: Collection[str]) -> dict[str, Any] | None:
        """Return the record of the next publication, which touches only ``groups``; None if it touches every page."""
        number = self.number + 1
        raised = {**self.groups, **dict.fromkeys(groups, number)}
        if not groups or len(raised) > MOST_GROUPS:
            return None
        return {"number": number, "everything": self.everything, "groups": raised}

    def of(self, groups: Collection[str] | None) -> int:
        """Return the version of a page that belongs to ``groups``; None: the page is touched by every publication."""
        if groups is None or self.everything == self.number:
            return self.number
        return max([self.everything, *(self.groups.get(group, 0) for group in groups)])
