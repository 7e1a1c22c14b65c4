"""All rules, registered by importing their modules."""

from tools.check_content import claims, easy, guides, help_texts, helplines, learning, voices, wording
from tools.check_content.content import RULES, faults

__all__ = ["RULES", "claims", "easy", "faults", "guides", "help_texts", "helplines", "learning", "voices", "wording"]
