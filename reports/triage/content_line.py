"""What kind of content to expect in the reporter's words, from the answers: read before the words are opened (H24)."""

from django.utils.translation import gettext as _

from ..models.case import Case
from ..priority import Facts
from ..questions import Answers


def content_line(case: Case, answers: Answers) -> list[str]:
    """Return what the words may contain, the heaviest first; empty if the answers name nothing of it."""
    facts = Facts(answers)
    kinds = (
        (case.risk_flag or facts.certain("life_at_risk"), _("mentions dying or self-harm")),
        (facts.possible("sexual"), _sexual(facts)),
        (facts.certain("attack_planned", "violence_called_for", "threat_to_kill"), _("a threat to kill or an attack")),
        (facts.certain("violent", "hurt_offline"), _("violence")),
        (facts.certain("threat", "blackmail"), _("a threat")),
        (facts.certain("meeting_planned"), _("a planned meeting")),
    )
    return [words for holds, words in kinds if holds]


def _sexual(facts: Facts) -> str:
    if facts.certain("child"):
        return _("sexual, involving a child")
    return _("sexual, age not known") if facts.child else _("sexual")
