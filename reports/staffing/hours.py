"""Staffed hours, and the promised time of the next review computed from them (H2)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext, pgettext_lazy

from safetycenter.days import beginning_of
from safetycenter.zones import WIB, ZONES

from ..deadlines import FIRST_REVIEW
from ..models.watch import StaffedHours

DAY = timedelta(days=1)
MORNING_TIME = time(8)
URGENT_TIERS = (0, 1)
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"  # a time separated from its zone by a line break is taken for the reader's zone


class Roster:
    """The staffed hours of the week. With DEBUG and no hours entered (a demo), all hours are staffed."""

    def __init__(self, rows: Sequence[StaffedHours]) -> None:
        self._rows = list(rows)

    @classmethod
    def now(cls) -> "Roster":
        """Return the roster as entered. One query."""
        return cls(StaffedHours.objects.all())

    @property
    def is_empty(self) -> bool:
        """Whether no hours were entered."""
        return not self._rows

    def windows(self, tier: int, since: datetime) -> Iterator:
        """Yield the staffed windows ``(opens, closes)`` for ``tier`` that end after ``since``, for two weeks.

        Adjacent or overlapping shifts are merged, so that no hour counts twice.
        """
        current = None
        for opens, closes in self._shifts(tier, since):
            if current and opens <= current[1]:
                current = current[0], max(current[1], closes)
                continue
            if current:
                yield current
            current = opens, closes
        if current:
            yield current

    def _shifts(self, tier: int, since: datetime) -> Iterator:
        since = timezone.localtime(since)
        rows = [row for row in self._rows if tier in URGENT_TIERS or not row.urgent_only]
        for ahead in range(-1, 15):
            day = (since + ahead * DAY).date()
            for row in sorted((row for row in rows if row.weekday == day.weekday()), key=lambda row: row.opens):
                opens = timezone.make_aware(datetime.combine(day, row.opens))
                closes = timezone.make_aware(datetime.combine(day, row.closes))
                if row.closes >= time(23, 59):
                    closes = beginning_of(day + DAY)
                if closes > since:
                    yield opens, closes

    def is_staffed(self, tier: int, at: datetime) -> bool:
        """Return whether somebody reads reports of this tier at that moment."""
        if self.is_empty:
            return settings.DEBUG
        return any(opens <= at for opens, _closes in self.windows(tier, at))

    def staffed_until(self, tier: int, at: datetime) -> datetime | None:
        """Return when the staffed window of this tier ends; None if nobody is there, or no hours are entered."""
        return next((closes for opens, closes in self.windows(tier, at) if opens <= at), None)

    def next_staffed(self, tier: int, since: datetime) -> datetime:
        """Return the next moment at which somebody who reads this tier is there."""
        return next((max(opens, since) for opens, _closes in self.windows(tier, since)), since)

    def is_always_staffed(self, tier: int, since: datetime) -> bool:
        """Return whether somebody reads this tier around the clock in the coming week."""
        covered, end = since, since + 7 * DAY
        for opens, closes in self.windows(tier, since):
            if opens > covered:
                return False
            covered = max(covered, closes)
            if covered >= end:
                return True
        return self.is_empty and settings.DEBUG

    def staffed_between(self, since: datetime, until: datetime, tier: int = 0) -> timedelta:
        """Return the staffed time between two moments; looks two weeks ahead at most."""
        pieces = (
            min(closes, until) - max(opens, since) for opens, closes in self.windows(tier, since) if opens < until
        )
        return sum(pieces, timedelta())

    def weekly_time(self, tier: int) -> timedelta:
        """Return the staffed time of an ordinary week for ``tier``."""
        monday = beginning_of(date(2024, 1, 1))
        return self.staffed_between(monday, monday + 7 * DAY, tier)

    def promise(self, tier: int, received_at: datetime) -> datetime:
        """Return the time by which a person reviews a case.

        P0 and P1 count in staffed time; the limits of P2 to P4, in days, count by the calendar and end in
        staffed time. If the staffed hours are too few for the limit, the promise ends with the last of them,
        never when nobody is there.
        """
        limit = FIRST_REVIEW[tier]
        if self.is_empty:
            return received_at + limit
        if tier not in URGENT_TIERS:
            return self.next_staffed(tier, received_at + limit)
        closes = received_at
        for opens, closes in self.windows(tier, received_at):
            start = max(opens, received_at)
            if closes - start >= limit:
                return start + limit
            limit -= closes - start
        return closes

    def return_time(self, tier: int, now: datetime) -> datetime | None:
        """Return when to look again: tomorrow morning, or the next staffed hour after that.

        None if nobody is ever there.
        """
        morning = timezone.make_aware(datetime.combine(timezone.localtime(now).date() + DAY, MORNING_TIME))
        if self.is_empty:
            return morning if settings.DEBUG else None
        return next((max(opens, morning) for opens, _closes in self.windows(tier, morning)), None)


def clock_in_words(moment: datetime) -> str:
    """Return ``08.00 WIB``, for rows of the queue that have no space for three zones."""
    return _clocks(moment)["clock"]


def in_words(moment: datetime, now: datetime | None = None) -> str:
    """Return ``08:00 WIB today (…)``, ``… tomorrow (…)`` or the time with the date, in the active language."""
    return _worded(MOMENT_FORMS, moment, now)


def after_in_words(moment: datetime, now: datetime | None = None) -> str:
    """Return ``after 08:00 WIB tomorrow (…)``, which follows "look again" in a sentence (H20)."""
    return _worded(AFTER_FORMS, moment, now)


def short_in_words(moment: datetime, now: datetime | None = None) -> str:
    """Return ``08:00 WIB today``, for a heading; ``other_zones`` belongs beside it."""
    return _worded(SHORT_FORMS, moment, now)


def other_zones(moment: datetime) -> str:
    """Return ``09:00 WITA, 10:00 WIT``: the same moment in the other zones."""
    return _clocks(moment)["others"]


MOMENT_FORMS = {
    0: pgettext_lazy("moment", "%(clock)s today (%(others)s)"),
    1: pgettext_lazy("moment", "%(clock)s tomorrow (%(others)s)"),
    None: pgettext_lazy("moment", "%(clock)s on %(date)s (%(others)s)"),
}
SHORT_FORMS = {
    0: pgettext_lazy("moment", "%(clock)s today"),
    1: pgettext_lazy("moment", "%(clock)s tomorrow"),
    None: pgettext_lazy("moment", "%(clock)s on %(date)s"),
}
AFTER_FORMS = {
    0: pgettext_lazy("moment", "after %(clock)s today (%(others)s)"),
    1: pgettext_lazy("moment", "after %(clock)s tomorrow (%(others)s)"),
    None: pgettext_lazy("moment", "after %(clock)s on %(date)s (%(others)s)"),
}


def _worded(forms: dict, moment: datetime, now: datetime | None) -> str:
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localtime(now or timezone.now()).date()).days
    return str(forms.get(days, forms[None])) % ({"date": date_format(local, "j F Y")} | _clocks(moment))


def _clocks(moment: datetime) -> dict[str, str]:
    # English writes 08:00 and Indonesian 08.00, so the time format is translated too. All three zones are named (A6).
    form, local = pgettext("time of day", "H:i"), timezone.localtime(moment)
    later = {zone.name: timedelta(hours=zone.utc_offset - WIB.utc_offset) for zone in ZONES}  # TIME_ZONE is that of WIB
    times = [f"{date_format(local + hours, form)}{NO_BREAK_SPACE}{name}" for name, hours in later.items()]
    return {"clock": times[0], "others": ", ".join(times[1:])}
