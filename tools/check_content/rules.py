"""All rules, registered by importing their modules."""

from tools.check_content import (
    claims,
    dates,
    easy,
    figures,
    guides,
    help_texts,
    helplines,
    learning,
    legal,
    marks,
    steps,
    voices,
    wording,
)
from tools.check_content.content import RULES, faults

__all__ = [
    "RULES",
    "claims",
    "dates",
    "easy",
    "faults",
    "figures",
    "guides",
    "help_texts",
    "helplines",
    "learning",
    "legal",
    "marks",
    "steps",
    "voices",
    "wording",
]
