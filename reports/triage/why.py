"""The reasons for the tier of a case, in words: for staff, before they open the story (docs/priority.md)."""

from django.utils.translation import gettext_lazy as _

from ..cases.case_effects import clock
from ..models.case import Case
from ..priority import REASONS, RULES

SENTENCES = {rule.name: rule.label for rule in RULES} | {
    clock.RISK_WORDS: _("words about dying or self-harm"),
    clock.RESTRICTED: _("a staff member restricted it to child safety"),
    clock.LOCKED: _("a file is suspected to show a child"),
    clock.SET_BY_PERSON: _("priority set by staff"),
}
TIERS = {
    0: _("Life at risk, or a child being hurt now"),
    1: _("Serious harm"),
    2: _("Ongoing"),
    3: _("Past harm"),
    4: _("Tip"),
}


def why(case: Case) -> list:
    """Return the sentences of the rules that decided the tier, in the order in which they were stored."""
    return [SENTENCES[name] for name in case.tier_rules if name in SENTENCES]


def reasons(case: Case) -> list[str]:
    """Return lines like ``+25 under 18``, one for each reason of the score."""
    return [f"+{points} {sentence}" for key in case.reasons if key in REASONS for points, sentence in [REASONS[key]]]
