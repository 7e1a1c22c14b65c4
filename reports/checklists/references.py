"""Fill the text of a checklist item with helplines and guides, which the other app keeps."""

from importlib import import_module
from typing import Any

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from ..models.checklist import ChecklistItem

TEXT_FIELDS = {code: build_localized_fieldname("text", code) for code, _name in settings.LANGUAGES}


def directory() -> Any:
    """Return the module that knows helplines and guides (``education.helplines.references``)."""
    return import_module(settings.DESK_REFERENCES)


def text_for_reply(item: ChecklistItem, language: str) -> str:
    """Return the text of ``item`` in ``language`` with numbers and addresses as they are today.

    Empty if the item has no text, or if what it refers to is not published any more: no old number is sent.
    """
    text = getattr(item, TEXT_FIELDS[language]) or ""
    named, ways = directory().helpline(item.helpline, language) if item.helpline else ("", "")
    address = directory().guide(item.guide, language) if item.guide else ""
    found = {"{helpline}": named, "{ways}": ways, "{guide}": address}
    used = {gap: value for gap, value in found.items() if gap in text}
    if not all(used.values()):
        return ""
    for gap, value in used.items():
        text = text.replace(gap, value)
    return text
