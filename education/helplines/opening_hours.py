"""Machine-readable opening hours: one period a line, ``mon-fri 09:00-16:00 Asia/Jakarta``, or ``always``.

Indonesia has no daylight saving time, so each of its three zones has a fixed offset from UTC, and every week has 10,080
minutes. A script only needs the open minutes, counted from Monday 00:00 UTC.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from safetycenter.zones import ZONES

ALWAYS = "always"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PLACES = {zone.place: zone.name for zone in ZONES}
AHEAD = {zone.name: zone.ahead * 60 for zone in ZONES}  # minutes ahead of UTC
DAY = 24 * 60
WEEK = 7 * DAY

_day, _time = "|".join(DAYS), r"([01]\d|2[0-4]):([0-5]\d)"
_LINE = re.compile(rf"({_day})(?:-({_day}))? {_time}-{_time} ({'|'.join(PLACES)})")


class Stretch(NamedTuple):
    """The same hours on several days: weekdays from Monday 0, minutes of the day, the short name of the zone."""

    days: tuple[int, ...]
    begins: int
    ends: int
    zone: str


def parse(text: str) -> list[Stretch]:
    """Parse ``text`` into periods; none for ``always`` or an empty text. Raises ValidationError for any other text."""
    return [] if text.strip() == ALWAYS else [_stretch(line.strip()) for line in text.splitlines() if line.strip()]


def validate(text: str) -> None:
    """Raise ValidationError unless ``text`` can be parsed."""
    parse(text)


def for_script(text: str) -> str:
    """Return ``always``, or the open minutes of a week in UTC such as ``120-540 1560-1980``; empty if unknown."""
    if text.strip() == ALWAYS:
        return ALWAYS
    return " ".join(f"{begins}-{ends}" for begins, ends in sorted(_minutes(parse(text))))


def said(text: str) -> str:
    """Return the hours in the reader's language, in all three zones, the helpline's zone first (A6)."""
    if text.strip() == ALWAYS:
        return _("Any time")
    return "; ".join(_sentence(stretch) for stretch in parse(text))


def _stretch(line: str) -> Stretch:
    found = _LINE.fullmatch(line)
    if not found:
        message = _("This line cannot be read: %(line)s. Write it like this: mon-fri 09:00-16:00 Asia/Jakarta")
        raise ValidationError(message, params={"line": line})
    first, last, *clock, place = found.groups()
    begins, ends = (int(hour) * 60 + int(minute) for hour, minute in (clock[:2], clock[2:]))
    if not begins < ends <= DAY:
        message = _(
            "The end is before the start in this line: %(line)s. Write hours past midnight as two lines: "
            "until 24:00 and from 00:00."
        )
        raise ValidationError(message, params={"line": line})
    return Stretch(_days(DAYS.index(first), DAYS.index(last or first)), begins, ends, PLACES[place])


def _days(first: int, last: int) -> tuple[int, ...]:
    return tuple((first + number) % 7 for number in range((last - first) % 7 + 1))


def _minutes(stretches: list[Stretch]) -> Iterator:
    for stretch in stretches:
        for day in stretch.days:
            begins = (day * DAY + stretch.begins - AHEAD[stretch.zone]) % WEEK
            yield begins, begins + stretch.ends - stretch.begins


def _sentence(stretch: Stretch) -> str:
    own, *others = sorted(AHEAD, key=lambda zone: zone != stretch.zone)
    first, last = (str(WEEKDAYS[stretch.days[place]]) for place in (0, -1))
    return _("%(days)s %(own)s (%(others)s)") % {
        "days": first if first == last else f"{first}–{last}",
        "own": _clock(stretch, own),
        "others": ", ".join(_clock(stretch, zone) for zone in others),
    }


def _clock(stretch: Stretch, zone: str) -> str:
    later = AHEAD[zone] - AHEAD[stretch.zone]
    return f"{_time_of_day(stretch.begins + later)}–{_time_of_day((stretch.ends + later) % DAY or DAY)} {zone}"


def _time_of_day(minutes: int) -> str:
    hour, minute = divmod(minutes if minutes == DAY else minutes % DAY, 60)
    return _("%(hour)s:%(minute)s") % {"hour": f"{hour:02}", "minute": f"{minute:02}"}
