"""The texts of the desk that are the same for every case: reply templates and checklist items, read with one query.

The case page may take twelve queries, and needs both.
"""

from typing import Any

from django.db.models import Model, QuerySet, Value
from django.db.models.functions import JSONObject

from safetycenter.memory import cached_for_seconds

from ..models.checklist import ChecklistItem
from ..models.reply import ReplyTemplate

MODELS: tuple[type[Model], ...] = (ReplyTemplate, ChecklistItem)


def reply_templates() -> list[ReplyTemplate]:
    """Return all active reply templates in order, the same for every case; up to ``memory.CACHE_SECONDS`` old."""
    return _active()[ReplyTemplate]


def checklist_items() -> list[ChecklistItem]:
    """Return all active checklist items in order, the same for every case; up to ``memory.CACHE_SECONDS`` old."""
    return _active()[ChecklistItem]


@cached_for_seconds
def _active() -> dict[type[Model], list[Any]]:
    first, second = (_rows(model) for model in MODELS)
    found: dict[type[Model], list[Any]] = {model: [] for model in MODELS}
    for name, row in first.union(second, all=True):
        model = next(model for model in MODELS if model.__name__ == name)
        found[model].append(model(**row))
    for texts in found.values():
        texts.sort(key=lambda text: (text.order, text.key))
    return found


def _rows(model: type[Model]) -> QuerySet:
    columns = JSONObject(**{field.attname: field.attname for field in model._meta.concrete_fields})
    return model._default_manager.filter(active=True).order_by().values_list(Value(model.__name__), columns)
