"""Opening hours: correct in each of the three time zones (A6), never shown for an unchecked helpline (K2)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from education.helplines import opening_hours
from education.models import Helpline
from education.starter import files
from safetycenter import provinces

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
AHEAD = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}


def is_open(text: str, moment: datetime) -> bool:
    """As the script reckons it."""
    minute = (moment - MONDAY) // timedelta(minutes=1)
    stretches = [map(int, stretch.split("-")) for stretch in opening_hours.for_script(text).split()]
    return any((minute - begins) % opening_hours.WEEK_MINUTES < ends - begins for begins, ends in stretches)


@pytest.mark.sampled(7)
@pytest.mark.parametrize("place", AHEAD)
@pytest.mark.parametrize("monday", ["2026-01-26", "2026-07-27", "2026-11-23"])  # no summer time anywhere
@pytest.mark.parametrize(
    ("days", "clock", "expected"),
    [(0, "08:59", False), (0, "09:00", True), (4, "15:59", True), (4, "16:00", False), (5, "10:00", False)],
)
def test_line_is_open_by_the_clock_of_its_own_zone_all_year(place, monday, days, clock, expected):
    moment = datetime.fromisoformat(f"{monday} {clock}+{AHEAD[place]:02}:00") + timedelta(days=days)
    assert is_open(f"mon-fri 09:00-16:00 {place}", moment) is expected


def test_hours_before_dawn_start_on_the_previous_utc_day():
    assert (
        opening_hours.for_script("mon 03:00-05:00 Asia/Jayapura")
        == f"{opening_hours.WEEK_MINUTES - 360}-{opening_hours.WEEK_MINUTES - 240}"
    )
    assert is_open("mon 03:00-12:00 Asia/Jayapura", MONDAY + timedelta(hours=1))


def test_days_may_go_round_the_weekend_and_a_day_may_be_whole():
    assert opening_hours.parse("sat-mon 00:00-24:00 Asia/Makassar") == [
        opening_hours.Period((5, 6, 0), 0, 1440, "WITA")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "9 to 5",
        "mon-fri 09:00-16:00",
        "mon-fri 09:00-16:00 WIB",
        "mon-fri 09:00-16:00 Asia/Singapore",
        "mon 16:00-09:00 Asia/Jakarta",
        "mon 09:00-24:30 Asia/Jakarta",
        "always\nmon 09:00-16:00 Asia/Jakarta",
    ],
)
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(ValidationError):
        opening_hours.validate(text)


@pytest.mark.safety("A6")
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Senin–Jumat 09.00–16.00 WIB (10.00–17.00 WITA, 11.00–18.00 WIT)"),
        ("en", "Monday–Friday 09:00–16:00 WIB (10:00–17:00 WITA, 11:00–18:00 WIT)"),
    ],
)
def test_hours_are_said_in_all_three_zones(language, sentence):
    with translation.override(language):
        assert opening_hours.as_text("mon-fri 09:00-16:00 Asia/Jakarta") == sentence
        assert Helpline(open_hours="mon-fri 09:00-16:00 Asia/Jakarta").hours_text == sentence


def test_midnight_is_the_end_of_a_day():
    with translation.override("id"):
        assert (
            opening_hours.as_text("sun 20:00-24:00 Asia/Makassar")
            == "Minggu 20.00–24.00 WITA (19.00–23.00 WIB, 21.00–01.00 WIT)"
        )


def test_open_now_needs_a_recently_checked_helpline():
    today = timezone.localdate()
    for verified_on, expected in ((None, ""), (today - timedelta(days=91), ""), (today, "always")):
        assert Helpline(open_hours="always", verified_on=verified_on).hours_for_script == expected


def test_starter_hours_can_be_read_and_are_said_in_all_zones():
    for line in files.items("helplines"):
        text = "\n".join(line.get("open_hours", []))
        zones = opening_hours.UTC_OFFSETS if opening_hours.parse(text) else ()
        assert all(zone in line[language]["hours"] for zone in zones for language in ("id", "en")), line["slug"]


@pytest.mark.safety("A6")
def test_there_are_38_provinces_in_three_zones():
    zones = [province.zone for province in provinces.PROVINCES]
    assert [zones.count(zone) for zone in ("WIB", "WITA", "WIT")] == [18, 12, 8]
    assert len(provinces.BY_KEY) == 38


def test_provinces_of_starter_helplines_are_known():
    assert all(key in provinces.BY_KEY for line in files.items("helplines") for key in line["provinces"])
