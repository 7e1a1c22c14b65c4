"""The 38 provinces, with the numbers of the statistics office (BPS). An address with a number names no place.

The number is that of BPS, whose table of codes is https://sig.bps.go.id/bridging-kode. It was not opened for this list
of 28 November 2026 (docs/not-done.md). There are 38 since Laws 14, 15, 16 and 29 of 2022. A later one is a row here.
"""

from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safetycenter.hints import Text
from safetycenter.zones import ZONES

WIB, WITA, WIT = (zone.name for zone in ZONES)
# The groups of islands in which BPS publishes its figures. Maluku and Papua are one: few people live in each.
REGIONS = {
    "sumatra": pgettext_lazy("region", "Sumatra"),
    "java": pgettext_lazy("region", "Java"),
    "bali_nusa": pgettext_lazy("region", "Bali and Nusa Tenggara"),
    "kalimantan": pgettext_lazy("region", "Kalimantan"),
    "sulawesi": pgettext_lazy("region", "Sulawesi"),
    "maluku_papua": pgettext_lazy("region", "Maluku and Papua"),
}
# fmt: off
_BY_FIRST_DIGIT = {
    "1": "sumatra", "2": "sumatra", "3": "java", "5": "bali_nusa", "6": "kalimantan", "7": "sulawesi",
    "8": "maluku_papua", "9": "maluku_papua",
}
# fmt: on


class Province(NamedTuple):
    """A province. ``zone`` is the short name of its time zone."""

    key: str
    name: Text
    zone: str

    @property
    def region(self) -> str:
        """The key of its group of islands in REGIONS: the first digit of a number of BPS names it."""
        return _BY_FIRST_DIGIT[self.key[0]]


PROVINCES = (
    Province("11", _("Aceh"), WIB),
    Province("12", _("North Sumatra"), WIB),
    Province("13", _("West Sumatra"), WIB),
    Province("14", _("Riau"), WIB),
    Province("15", _("Jambi"), WIB),
    Province("16", _("South Sumatra"), WIB),
    Province("17", _("Bengkulu"), WIB),
    Province("18", _("Lampung"), WIB),
    Province("19", _("Bangka Belitung Islands"), WIB),
    Province("21", _("Riau Islands"), WIB),
    Province("31", _("Jakarta"), WIB),
    Province("32", _("West Java"), WIB),
    Province("33", _("Central Java"), WIB),
    Province("34", _("Yogyakarta"), WIB),
    Province("35", _("East Java"), WIB),
    Province("36", _("Banten"), WIB),
    Province("51", _("Bali"), WITA),
    Province("52", _("West Nusa Tenggara"), WITA),
    Province("53", _("East Nusa Tenggara"), WITA),
    Province("61", _("West Kalimantan"), WIB),
    Province("62", _("Central Kalimantan"), WIB),
    Province("63", _("South Kalimantan"), WITA),
    Province("64", _("East Kalimantan"), WITA),
    Province("65", _("North Kalimantan"), WITA),
    Province("71", _("North Sulawesi"), WITA),
    Province("72", _("Central Sulawesi"), WITA),
    Province("73", _("South Sulawesi"), WITA),
    Province("74", _("Southeast Sulawesi"), WITA),
    Province("75", _("Gorontalo"), WITA),
    Province("76", _("West Sulawesi"), WITA),
    Province("81", _("Maluku"), WIT),
    Province("82", _("North Maluku"), WIT),
    Province("91", _("West Papua"), WIT),
    Province("92", _("Southwest Papua"), WIT),
    Province("94", _("Papua"), WIT),
    Province("95", _("South Papua"), WIT),
    Province("96", _("Central Papua"), WIT),
    Province("97", _("Highland Papua"), WIT),
)
BY_KEY = {province.key: province for province in PROVINCES}
CHOICES = [(province.key, province.name) for province in PROVINCES]


def by_region() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Return the name of each region with key and name of its provinces, as the groups of a list."""
    return [
        (REGIONS[region], [(province.key, province.name) for province in provinces])
        for region, provinces in groupby(PROVINCES, key=lambda province: province.region)
    ]


def region_of(key: str) -> str:
    """Return the key of the region of a province; "" for what is no key of a province."""
    return BY_KEY[key].region if key in BY_KEY else ""


def by_name() -> list[Province]:
    """Return all provinces, sorted by name in the reader's language."""
    return sorted(PROVINCES, key=lambda province: str(province.name))


def names(keys: list[str]) -> str:
    """Return the names of the provinces with these keys, separated by commas."""
    return ", ".join(str(BY_KEY[key].name) for key in keys if key in BY_KEY)
