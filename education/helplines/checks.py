"""Say in words how reliable a number is: whether somebody tried it, and when (K2, K3)."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from education.helplines.card import HelplineCard
from education.models import Helpline
from education.models.directory import CHECK_VALID_FOR

DAY = "j F Y"


def of_all(cards: Iterable[HelplineCard]) -> str:
    """Return how reliable each number is; one text without names if that holds for all.

    It is read below the numbers, away from their cards: "Not tested by us yet" does not say what was not tested.
    """
    cards = tuple(cards)
    if cards and all(
        card.helpline.status != Helpline.Status.UNVERIFIED and not card.helpline.verified_on for card in cards
    ):
        return _("We haven't tested these numbers yet")
    texts = {card.helpline.short_name: _in_short(card.helpline) for card in cards}
    if len(set(texts.values())) == 1:
        return next(iter(texts.values()))
    return " · ".join(f"{name}: {text}" for name, text in texts.items())


def short_check_text(line: Helpline) -> str:
    """Return the day on which it was last reached, or that nobody has tried it. `check_text` gives more details."""
    if line.verified_on:
        return _("Last checked %(date)s") % {"date": date_format(line.verified_on, DAY)}
    return _("Not tested by us yet")


def check_text(line: Helpline) -> str:
    """Return when and by whom a helpline was last tested, or the date of its source (K2, K3)."""
    if line.verified_on is None and line.source_date:
        return _("Source: %(date)s, not tested by us yet") % {"date": date_format(line.source_date, DAY)}
    return _checked_live(line)


def try_text(line: Helpline) -> str:
    """Return when and by whom it was last tested, to follow its source on one line."""
    text = _checked_live(line)
    return text[:1].lower() + text[1:]


def _in_short(line: Helpline) -> str:
    if line.status == Helpline.Status.UNVERIFIED:
        return _("Not confirmed yet")
    return _checked_live(line) if line.is_check_outdated else short_check_text(line)


def _checked_live(line: Helpline) -> str:
    if line.verified_on is None:
        return _("Not tested by us yet")
    role = line.localized.verified_by
    facts = {"date": date_format(line.verified_on, DAY), "role": role, "days": CHECK_VALID_FOR.days}
    if line.is_check_outdated:
        return _("Last checked %(date)s, more than %(days)d days ago") % facts
    if role:
        return _("Last checked %(date)s by %(role)s") % facts
    return _("Last checked %(date)s") % facts
