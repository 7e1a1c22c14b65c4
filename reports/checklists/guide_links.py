"""Which texts of the desk lead to a guide: asked before a guide gets other audiences (``settings.DESK_TEXTS``)."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from ..models.checklist import ChecklistItem
from .desk_texts import MODELS
from .references import FORMAL_FIELDS, TEXT_FIELDS, directory


def leading_to(number: int) -> Iterator[tuple[str, bool, bool]]:
    """Yield the title of each active text for replies that links guide ``number``, and to whom it speaks.

    That is whether it speaks to a parent, carer or teacher, and whether it is only sent about adults where its guide is
    for adults.
    """
    texts: Iterable[Any] = chain.from_iterable(model._default_manager.filter(active=True) for model in MODELS)
    for text in texts:
        for fields in (TEXT_FIELDS, FORMAL_FIELDS):
            words = " ".join(getattr(text, field) or "" for field in fields.values())
            chosen = isinstance(text, ChecklistItem) and text.guide == number and "{guide}" in words
            if chosen or number in directory().guides_linked_in(words):
                yield text.title, fields is FORMAL_FIELDS, chosen
