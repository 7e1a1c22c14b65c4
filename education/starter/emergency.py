"""Emergency numbers from the starter file, used when the database lacks them (safety rule K3)."""

from functools import lru_cache

from education.models import Channel, Helpline
from education.starter import files

# In danger: the police, a channel without speaking, then 112 (K14). The emergency page also shows 119 and others.
BAR = (("polri-110", Channel.Kind.PHONE), ("sapa-129", Channel.Kind.WHATSAPP), ("darurat-112", Channel.Kind.PHONE))


@lru_cache(maxsize=1)
def channels() -> list[Channel]:
    """Return the emergency set as unsaved rows."""
    return [
        Channel(helpline=Helpline(**files.columns(item, files.HELPLINE)), **files.columns(channel, files.CHANNEL))
        for item in files.items("helplines")
        if item["emergency"]
        for channel in item["channels"]
    ]


def lacking(found: list[Channel]) -> list[Channel]:
    """Return the shipped channels that the emergency bar needs and ``found`` lacks, or has without a number.

    If a helpline is missing entirely, all of its shipped channels are returned.
    """
    usable = [channel for channel in found if channel.helpline.emergency and has_number(channel)]
    slugs, ways = {c.helpline.slug for c in usable}, {(c.helpline.slug, c.kind) for c in usable}
    missing = [way for way in BAR if way not in ways]
    whole = {slug for slug, _kind in missing if slug not in slugs}
    return [c for c in channels() if c.helpline.slug in whole or (c.helpline.slug, c.kind) in missing]


def has_number(channel: Channel) -> bool:
    """Return whether the value of ``channel`` contains a digit; without one nothing can be called."""
    return any(map(str.isdigit, channel.value))
