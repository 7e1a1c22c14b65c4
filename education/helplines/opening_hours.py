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
ZONE_NAMES = {zone.tz_name: zone.name for zone in ZONES}
UTC_OFFSETS = {zone.name: zone.utc_offset * 60 for zone in ZONES}  # minutes ahead of UTC
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES

_day, _time = "|".join(DAYS), r"([01]\d|2[0-4]):([0-5]\d)"
_LINE = re.compile(rf"({_day})(?:-({_day}))? {_time}-{_time} ({'|'.join(ZONE_NAMES)})")


class Period(NamedTuple):
    """The same hours on several days: weekdays from Monday 0, minutes of the day, the short name of the zone."""

    days: tuple[int, ...]
    start: int
    end: int
    zone: str


def parse(text: str) -> list[Period]:
    """Parse ``text`` into periods; none for ``always`` or an empty text. Raises ValidationError for any other text."""
    return [] if text.strip() == ALWAYS else [_parse_line(line.strip()) for line in text.splitlines() if line.strip()]


def validate(text: str) -> None:
    """Raise ValidationError unless ``text`` can be parsed."""
    parse(text)


def for_script(text: str) -> str:
    """Return ``always``, or the open minutes of a week in UTC such as ``120-540 1560-1980``; empty if unknown."""
    if text.strip() == ALWAYS:
        return ALWAYS
    return " ".join(f"{begins}-{ends}" for begins, ends in sorted(_minutes(parse(text))))


def as_text(text: str) -> str:
    """Return the hours in the reader's language, in all three zones, the helpline's zone first (A6)."""
    if text.strip() == ALWAYS:
        return _("Any time")
    return "; ".join(_period_text(period) for period in parse(text))


def _parse_line(line: str) -> Period:
    found = _LINE.fullmatch(line)
    if not found:
        message = _("This line cannot be read: %(line)s. Write it like this: mon-fri 09:00-16:00 Asia/Jakarta")
        raise ValidationError(message, params={"line": line})
    first, last, *clock, place = found.groups()
    begins, ends = (int(hour) * 60 + int(minute) for hour, minute in (clock[:2], clock[2:]))
    if not begins < ends <= DAY_MINUTES:
        message = _(
            "The end is before the start in this line: %(line)s. Write hours past midnight as two lines: "
            "until 24:00 and from 00:00."
        )
        raise ValidationError(message, params={"line": line})
    return Period(_days(DAYS.index(first), DAYS.index(last or first)), begins, ends, ZONE_NAMES[place])


def _days(first: int, last: int) -> tuple[int, ...]:
    return tuple((first + number) % 7 for number in range((last - first) % 7 + 1))


def _minutes(periods: list[Period]) -> Iterator:
    for period in periods:
        for day in period.days:
            begins = (day * DAY_MINUTES + period.start - UTC_OFFSETS[period.zone]) % WEEK_MINUTES
            yield begins, begins + period.end - period.start


def _period_text(period: Period) -> str:
    own, *others = sorted(UTC_OFFSETS, key=lambda zone: zone != period.zone)
    first, last = (str(WEEKDAYS[period.days[place]]) for place in (0, -1))
    return _("%(days)s %(own)s (%(others)s)") % {
        "days": first if first == last else f"{first}–{last}",
        "own": _clock(period, own),
        "others": ", ".join(_clock(period, zone) for zone in others),
    }


def _clock(period: Period, zone: str) -> str:
    later = UTC_OFFSETS[zone] - UTC_OFFSETS[period.zone]
    return (
        f"{_time_of_day(period.start + later)}–{_time_of_day((period.end + later) % DAY_MINUTES or DAY_MINUTES)} {zone}"
    )


def _time_of_day(minutes: int) -> str:
    hour, minute = divmod(minutes if minutes == DAY_MINUTES else minutes % DAY_MINUTES, 60)
    return _("%(hour)s:%(minute)s") % {"hour": f"{hour:02}", "minute": f"{minute:02}"}
