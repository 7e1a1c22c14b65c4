"""Emergency numbers from the starter file, used when the database lacks them (safety rule K3)."""

from functools import cache

from education.models import Channel, Helpline, HelplineRole
from education.starter import files


@cache
def roles() -> dict[str, str]:
    """Return the slug of the shipped helpline for each role."""
    return {item["role"]: item["helpline"] for item in files.items("helpline_roles")}


@cache
def channels() -> list[Channel]:
    """Return the emergency set as unsaved rows."""
    return [
        Channel(helpline=Helpline(**files.columns(item, files.HELPLINE)), **files.columns(channel, files.CHANNEL))
        for item in files.items("helplines")
        if item["emergency"]
        for channel in item["channels"]
    ]


def missing_channels(found: list[Channel], holders: dict[str, str]) -> list[Channel]:
    """Return the shipped channels that the emergency bar needs and ``found`` lacks, or has without a number.

    ``holders``: the slug of the chosen helpline for each role. A chosen or shipped helpline of the emergency set can
    answer. If a shipped helpline is missing entirely, all of its channels are returned.
    """
    usable = [channel for channel in found if channel.helpline.emergency and has_number(channel)]
    slugs, ways = {c.helpline.slug for c in usable}, {(c.helpline.slug, c.kind) for c in usable}
    missing = [
        (roles()[role], kind)
        for role, kind in HelplineRole.BAR.items()
        if not ways & {(holders[role], kind), (roles()[role], kind)}
    ]
    whole = {slug for slug, _kind in missing if slug not in slugs}
    return [c for c in channels() if c.helpline.slug in whole or (c.helpline.slug, c.kind) in missing]


def has_number(channel: Channel) -> bool:
    """Return whether the value of ``channel`` contains a digit; without one nothing can be called."""
    return any(map(str.isdigit, channel.value))
