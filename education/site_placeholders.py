"""Who runs this site, in texts: an editor writes ``{operator_contact}``, a reader reads what the operator has set.

The names and addresses stand in the environment (``OPERATOR_NAME`` …), so that a text stays true on every site that
uses it. What is not set is said in a calm sentence; a brace is never shown.
"""

import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

_MISSING_CONTACT = _("not yet filled in by those who run this site")
# What stands in a text: the setting behind it, and what is said while that is empty.
GAPS = {
    "operator": ("name", _("the operator of this site, who has not entered a name yet")),
    "run_by": ("name", _("The operator has not entered a name yet.")),
    "operator_contact": ("contact", _MISSING_CONTACT),
    "dpo_contact": ("data_protection_contact", _MISSING_CONTACT),
    "complaints_contact": ("complaints_contact", _MISSING_CONTACT),
}
_SENTENCES = {"run_by": _("Run by %s.")}
_GAP = re.compile(r"\{([^{}<>]*)\}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def fill(text: str, language: str) -> str:
    """Plain ``text`` in ``language`` with every gap filled. An unknown one keeps its words without its braces."""
    return _GAP.sub(lambda gap: _said(gap[1], language), text)


def fill_html(html: str, language: str) -> str:
    """The same for rich text: an address becomes a link, and what an operator set is never markup."""
    return _GAP.sub(lambda gap: _linked(_said(gap[1], language)), html)


def missing(text: str) -> Iterator[str]:
    """What stands in braces in ``text``, without them."""
    return (gap[1] for gap in _GAP.finditer(text))


def _said(gap: str, language: str) -> str:
    if gap not in GAPS:
        return gap
    key, missing = GAPS[gap]
    with override(language):
        said = settings.OPERATOR.get(key)
        return (_SENTENCES.get(gap, "%s") % said) if said else str(missing)


def _linked(said: str) -> str:
    if _EMAIL.fullmatch(said):
        return format_html('<a href="mailto:{0}">{0}</a>', said)
    if said.startswith("https://"):
        return format_html('<a href="{0}">{0}</a>', said)
    return escape(said)
