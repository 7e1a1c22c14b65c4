"""Template filters of the editors' forms: what of a form is folded, and what the line of a fold says."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import template
from django.contrib.admin.utils import flatten
from django.utils.html import strip_tags
from django.utils.text import Truncator

from education.models.bilingual import LANGUAGES
from education.translation import language_name

register = template.Library()
LENGTH = 60  # characters of a text in the line of a fold


class Part(NamedTuple):
    """One field of a line of a form; ``language`` is its name if the field is folded, else empty."""

    field: Any
    language: str = ""
    code: str = ""
    beginning: str = ""
    is_outdated: bool = False
    is_open: bool = False


@register.filter
def by_language(line: Iterable) -> list[Part]:
    """Return the fields of ``line``. Of a text in several languages, the one to write first is not folded.

    That is the original, or for a translator the translation: the original is then disabled. A field with an error is
    open.
    """
    fields = list(line)
    codes = [_code(field) for field in fields]
    if not all(codes) or len(set(codes)) < 2:
        return [Part(field) for field in fields]
    shown = next((code for field, code in zip(fields, codes, strict=True) if not _is_disabled(field)), codes[0])
    pairs = zip(fields, codes, strict=True)
    return [Part(field) if code == shown else _folded(field, code) for field, code in pairs]


@register.filter
def is_folded(fieldset: Any) -> bool:
    """Return whether the group ``fieldset`` is folded: one with an error is not.

    Django looks only at fields with a line for themselves, not at those that share one.
    """
    has_error = any(name in fieldset.form.errors for name in flatten(fieldset.fields))
    return "collapse" in fieldset.classes and not has_error


def _code(field: Any) -> str:
    """Return the language of an input, or "" of a field that has none or that this person only reads."""
    code = "" if field.is_readonly else field.field.field.widget.attrs.get("lang", "")
    return code if code in LANGUAGES else ""


def _is_disabled(field: Any) -> bool:
    return field.field.field.disabled


def _folded(field: Any, code: str) -> Part:
    bound = field.field
    beginning = _beginning(bound.value())
    outdated = getattr(bound.field, "is_outdated", False)
    return Part(field, language_name(code), code, beginning, outdated, bool(bound.errors))


def _beginning(text: Any) -> str:
    spaced = str(text or "").replace("<", " <")
    return Truncator(" ".join(strip_tags(spaced).split())).chars(LENGTH)


@register.filter
def row_title(form: Any, names: str) -> str:
    """Return what the row ``form`` holds in the first two of the fields ``names`` that are filled in."""
    texts = [text for text in _shown(form, names.split()) if text]
    return " · ".join(texts[:2])


def _shown(form: Any, names: list[str]) -> Iterator[str]:
    """Yield the text of each field of ``names`` that ``form`` has; a choice by its label."""
    for name in names:
        if name in form.fields:
            value = form[name].value()
            choices = getattr(form.fields[name], "choices", ())
            yield _beginning(next((label for key, label in choices if value and str(key) == str(value)), value))
