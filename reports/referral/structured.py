"""What a connector needs of a fact besides its words: moments with a zone, and counts (``accounts`` has the accounts).

Nothing here is a new fact: it is the same answer in a form that a program reads, and it leaves with that fact only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

DAY = timedelta(days=1)
# What an answer says about the time before the report, in days: (from, to). None: it is not known how long before.
BEFORE: dict[str, dict[str, tuple[int | None, int]]] = {
    "money_sent": {"yes_24h": (1, 0), "yes_week": (7, 1), "yes_longer": (None, 7)},
    "seen_when": {"week": (7, 0), "longer": (None, 7)},
}


@dataclass(frozen=True)
class Others:
    """How many other reports here name the same, and when the first and the last of all of them arrived.

    ``is_at_least``: there may be more, because only so many are looked at.
    """

    count: int
    first: datetime
    last: datetime
    is_at_least: bool = False

    @classmethod
    def of(cls, own: datetime, others: Sequence[datetime], is_at_least: bool = False) -> "Others":
        """Return it for a report that arrived at ``own``, and the ``others``."""
        return cls(len(others), min([own, *others]), max([own, *others]), is_at_least)

    @property
    def data(self) -> dict[str, Any]:
        """The count and the span, for programs."""
        count = {"other_reports": self.count, "is_at_least": self.is_at_least}
        return count | {"first": moment(self.first), "last": moment(self.last)}


def moment(value: datetime) -> str:
    """Return ``value`` with its zone, for readers and programs alike."""
    return localtime(value).isoformat(timespec="minutes")


def incident(answers: Mapping[str, Any], received_at: datetime) -> list[dict[str, str]]:
    """Return the time of what was answered, as a range with zone for each question of which it can be computed.

    ``answers``: those that were sent with the report, because "today" of a later answer would be another day.
    """
    found = []
    for key, ranges in BEFORE.items():
        if (days := ranges.get(answers.get(key, ""))) is not None:
            start, end = days
            since = {"from": moment(received_at - start * DAY)} if start else {}
            found.append({"of": key} | since | {"to": moment(received_at - end * DAY)})
    if answers.get("seen_when") == "today":
        began = localtime(received_at).replace(hour=0, minute=0, second=0, microsecond=0)
        found.append({"of": "seen_when", "from": moment(began), "to": moment(received_at)})
    if answers.get("deadline") == "today":  # today or tomorrow
        ends = localtime(received_at).replace(hour=0, minute=0, second=0, microsecond=0) + 2 * DAY
        found.append({"of": "deadline", "from": moment(received_at), "to": moment(ends)})
    return found
