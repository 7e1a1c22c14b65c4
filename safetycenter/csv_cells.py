"""Cells of CSV files that a spreadsheet would run as formulas."""

import re

# A spreadsheet runs a cell that begins with one of these, also with the wide ones of Asian keyboards.
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_ESCAPED = re.compile(rf"'{_FORMULA.pattern}")


def escape(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it as a formula. :func:`unescape` gives it back."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescape(text: str) -> str:
    """Return the text that :func:`escape` was given."""
    return text[1:] if _ESCAPED.match(text) else text
