"""Short forms of the name of a helpline, for places with little room."""

import re
from collections.abc import Mapping

# Characters after "WhatsApp" that keep the emergency bar in one row on a phone of 360 px. On one of 320 px more than
# nine can take a second row.
MOST_IN_BAR = 10


def short(name: str) -> str:
    """Return ``name`` without what is in brackets after it: ``SAPA 129 (Sahabat …)`` is ``SAPA 129``."""
    return name.partition(" (")[0]


def beside_chat(name: str) -> str:
    """Return the short name without a number at its end, because another number follows it: ``SAPA`` (K14)."""
    return re.sub(r"\s+\d+$", "", short(name))


def too_long_for_bar(names: Mapping[str, str]) -> dict[str, str]:
    """Return what the emergency bar would show of ``names``, which are by language, where that is too long."""
    return {key: text for key, name in names.items() if len(text := beside_chat(name)) > MOST_IN_BAR}
