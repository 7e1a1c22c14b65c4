"""The three time zones of Indonesia. None has daylight saving time, so each is a fixed number of hours ahead of UTC."""

from typing import NamedTuple


class Zone(NamedTuple):
    """A zone: its short name as people write it, its name in the IANA database, hours ahead of UTC."""

    name: str
    tz_name: str
    utc_offset: int


WIB = Zone("WIB", "Asia/Jakarta", 7)
WITA = Zone("WITA", "Asia/Makassar", 8)
WIT = Zone("WIT", "Asia/Jayapura", 9)
ZONES = (WIB, WITA, WIT)
