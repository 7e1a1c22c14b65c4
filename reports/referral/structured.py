"""What a connector needs of a fact besides its words: separate fields for each account, moments with a zone, counts.

Nothing here is a new fact: it is the same answer in a form that a program reads, and it leaves with that fact only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import localtime

from ..crypto.blind_index import ACCOUNT, LINK, PHONE

DAY = timedelta(days=1)
# What an answer says about the time before the report, in days: (from, to). None: it is not known how long before.
BEFORE: dict[str, dict[str, tuple[int | None, int]]] = {
    "money_sent": {"yes_24h": (1, 0), "yes_week": (7, 1), "yes_longer": (None, 7)},
    "seen_when": {"week": (7, 0), "longer": (None, 7)},
}


@dataclass(frozen=True)
class Others:
    """How many other reports here name the same, and when the first and the last of all of them arrived."""

    count: int
    first: datetime
    last: datetime

    @classmethod
    def of(cls, own: datetime, others: Sequence[datetime]) -> "Others":
        """Return it for a report that arrived at ``own``, and the ``others``."""
        return cls(len(others), min([own, *others]), max([own, *others]))

    @property
    def data(self) -> dict[str, Any]:
        """The count and the span, for programs."""
        return {"other_reports": self.count, "first": moment(self.first), "last": moment(self.last)}


def moment(value: datetime) -> str:
    """Return ``value`` with its zone, for readers and programs alike."""
    return localtime(value).isoformat(timespec="minutes")


def accounts(text: str, platform: str) -> list[dict[str, str]]:
    """Return each link, screen name and phone number in ``text`` as one entry, in this order.

    ``platform``: the key of the platform that the reporter chose. A link names its host instead: it may be another one.
    """
    links = [link.rstrip(".,;)") for link in LINK.findall(text)]
    rest = LINK.sub(" ", text)
    where = {"platform": platform} if platform else {}
    found = [{"url": link} | _host(link) for link in links]
    found += [{"screen_name": name.rstrip(".")} | where for name in ACCOUNT.findall(rest)]
    return found + [{"phone": number.strip()} | where for number in PHONE.findall(rest)]


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


def _host(link: str) -> dict[str, str]:
    try:
        host = urlsplit(link if "://" in link else f"http://{link}").hostname
    except ValueError:  # for example http://[abc
        host = None
    return {"host": host} if host else {}
