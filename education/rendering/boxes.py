"""Boxes in rich text: paragraphs with a class, which the editor offers in one menu, and numbered lists as steps.

A warning (H32) begins with words that its writer chose. Every other box gets its name when a page is made, in the
language of the text, so that nobody has to see its colour to know what it is.
"""

import re

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

# The warning that is put above a step (H32): the step alerts a parent or the other person, or a chat is lost.
ALERTS, DELETES = "notice-alerts", "notice-deletes"
WARNINGS = {
    ALERTS: _("Warning: the next step alerts somebody"),
    DELETES: _("Warning: a chat is lost"),
}
# The names that readers see above a box.
CALLOUTS = {
    "callout-important": pgettext_lazy("above a box", "Important"),
    "callout-tip": pgettext_lazy("above a box", "Good to know"),
    "callout-say": pgettext_lazy("above a box", "Words you can use"),
}
BOXES = WARNINGS | CALLOUTS  # by the class of the paragraph
STEPS = "steps"  # the class of a numbered list whose items are shown as steps
CLASSES = {"p": set(BOXES), "ol": {STEPS}}  # by tag
_CALLOUT = re.compile(rf'<p class="({"|".join(CALLOUTS)})">(.*?)</p>', re.DOTALL)
_CLASS = re.compile(r'\bclass="([^"]*)"')


def class_of(tag: str) -> str:
    """Return the class of the opening ``tag`` of clean HTML, or the empty string."""
    found = _CLASS.search(tag)
    return found[1] if found else ""


def names(language: str) -> dict[str, str]:
    """Return the names that readers see above boxes in ``language``, by class."""
    with override(language):
        return {box: str(words) for box, words in CALLOUTS.items()}


def name_boxes(html: str, language: str) -> str:
    """Return clean ``html`` with the name of each box above its words, once for neighbours of the same kind."""
    shown, last_class, last_end = names(language), "", -1

    def named(match: re.Match) -> str:
        nonlocal last_class, last_end
        follows = match[1] == last_class and match.start() == last_end
        last_class, last_end = match[1], match.end()
        if follows:
            return match[0]
        return f'<p class="{match[1]}"><strong class="box-name">{escape(shown[match[1]])}</strong> {match[2]}</p>'

    return _CALLOUT.sub(named, html)
