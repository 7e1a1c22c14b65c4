"""Placeholders in fixed pages: an editor writes ``{operator_contact}``, readers see the configured value.

Names and addresses come from the environment (``OPERATOR_NAME`` …), limits and periods from the settings, so one text
is correct on every site. A missing value is replaced by a neutral sentence; readers never see a brace.
"""

import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from safetycenter.published_limits import LIMITS

_MISSING_CONTACT = _("not yet filled in by those who run this site")
# Placeholder names, the setting behind each, and the text to show while it is empty.
PLACEHOLDERS = {
    "operator": ("name", _("the operator of this site, who has not entered a name yet")),
    "run_by": ("name", _("The operator has not entered a name yet.")),
    "operator_contact": ("contact", _MISSING_CONTACT),
    "dpo_contact": ("data_protection_contact", _MISSING_CONTACT),
    "complaints_contact": ("complaints_contact", _MISSING_CONTACT),
}
NAMES = {*PLACEHOLDERS, *LIMITS}
_SENTENCES = {"run_by": _("Run by %s.")}
_PLACEHOLDER = re.compile(r"\{([^{}<>]*)\}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def fill(text: str, language: str) -> str:
    """Return plain ``text`` in ``language`` with its placeholders filled in. Unknown ones lose their braces."""
    return _PLACEHOLDER.sub(lambda placeholder: _value_of(placeholder[1], language), text)


def fill_html(html: str, language: str) -> str:
    """Fill in rich text: an address becomes a link, and configured values are escaped."""
    return _PLACEHOLDER.sub(lambda placeholder: _linked(_value_of(placeholder[1], language)), html)


def placeholders_in(text: str) -> Iterator[str]:
    """Return the names in braces in ``text``, without the braces."""
    return (placeholder[1] for placeholder in _PLACEHOLDER.finditer(text))


def _value_of(placeholder: str, language: str) -> str:
    if placeholder not in NAMES:
        return placeholder
    with override(language):
        if placeholder in LIMITS:
            return str(LIMITS[placeholder]())
        key, missing = PLACEHOLDERS[placeholder]
        value = settings.OPERATOR.get(key)
        return (_SENTENCES.get(placeholder, "%s") % value) if value else str(missing)


def _linked(value: str) -> str:
    if _EMAIL.fullmatch(value):
        return format_html('<a href="mailto:{0}">{0}</a>', value)
    if value.startswith("https://"):
        return format_html('<a href="{0}">{0}</a>', value)
    return escape(value)
