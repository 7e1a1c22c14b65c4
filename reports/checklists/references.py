"""Fill the text of a checklist item with helplines and guides, which the other app keeps."""

from importlib import import_module
from typing import Any

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from ..models.case import Case
from ..models.checklist import ChecklistItem

# What the reply templates call who helps, and how to reach them, in each language.
WHO, HOW, WHO_AND_HOW = ("[siapa]", "[who]"), ("[cara]", "[how]"), ("[siapa, dan caranya]", "[who, and how]")
GAPS = (*WHO, *HOW, *WHO_AND_HOW)
TEXT_FIELDS, FORMAL_FIELDS = (
    {code: build_localized_fieldname(field, code) for code, _name in settings.LANGUAGES} for field in ("text", "formal")
)


def directory() -> Any:
    """Return the module that knows helplines and guides (``education.helplines.references``)."""
    return import_module(settings.DESK_REFERENCES)


def with_helper(text: str, item: ChecklistItem, language: str) -> str:
    """Return ``text`` with its gaps for who helps, and how to reach them, filled from the helpline of ``item``.

    Unchanged if the item names no helpline, or one that is not published any more.
    """
    named, ways = directory().helpline(item.helpline, language) if item.helpline else ("", "")
    if not ways:
        return text
    values = {WHO: named.removesuffix(f": {ways}"), HOW: ways, WHO_AND_HOW: named}
    for gaps, value in values.items():
        for gap in gaps:
            text = text.replace(gap, value)
    return text


def text_for_reply(item: ChecklistItem, case: Case, formal: bool = False) -> str:
    """Return the text of ``item`` in the language of ``case`` with numbers and addresses as they are today.

    ``formal`` takes the text for a parent, carer or teacher who reports for a child, if one is written. Empty if the
    item has no text, or if what it refers to is not published any more: no old number is sent. Empty too if it links a
    guide for adults or parents, and a child may read the reply.
    """
    language = case.language
    text = (formal and getattr(item, FORMAL_FIELDS[language])) or getattr(item, TEXT_FIELDS[language]) or ""
    named, ways = directory().helpline(item.helpline, language) if item.helpline else ("", "")
    address = directory().guide(item.guide, language) if _may_link_guide(item, case, formal) else ""
    found = {"{helpline}": named, "{ways}": ways, "{guide}": address}
    used = {gap: value for gap, value in found.items() if gap in text}
    if not all(used.values()):
        return ""
    for gap, value in used.items():
        text = text.replace(gap, value)
    return text


def _may_link_guide(item: ChecklistItem, case: Case, formal: bool) -> bool:
    if item.guide is None or formal:  # who is addressed as a parent or teacher may be shown any guide
        return item.guide is not None
    return directory().is_guide_for(item.guide, formal=False, is_adult=case.age_band == Case.AgeBand.ADULT)
