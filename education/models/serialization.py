"""Serialize an item and everything that belongs to it to plain values, and restore it from them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modeltranslation.translator import NotRegistered, translator

# The workflow state and the marks of languages are not part of the content.
_NOT_TEXT = {"state", "changed_on", "outdated_fields", "not_needed", "not_ready", "told_changes"}
ROW_KEY_FIELDS = ("guidehelpline_set", "helpline")
ROWS = ("guidehelpline_set", "sources", "channels", "scenarios")


def content_columns(item: models.Model | type[models.Model]) -> list[models.Field]:
    """Return the content columns of ``item`` (or a model class): for translated fields, the column of each language."""
    model = item if isinstance(item, type) else type(item)
    try:
        untranslated_twins = set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        untranslated_twins = set()
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in _NOT_TEXT | untranslated_twins
    ]


def relation_fields(item: models.Model) -> list[models.ManyToManyField]:
    """Return the many-to-many fields of ``item`` that only refer to other items, such as audiences."""
    return [field for field in item._meta.many_to_many if field.remote_field.through._meta.auto_created]


def row_names(item: models.Model | type[models.Model]) -> list[str]:
    """Return the names of the related rows that belong to ``item`` (or a model class), such as sources."""
    # A guide chooses its helplines. The same rows, reached from the helpline, are not part of the helpline's content.
    return [name for name in ROWS if hasattr(item, name) and (name, item._meta.model_name) != ROW_KEY_FIELDS]


def snapshot(
    item: models.Model,
    lists: Mapping[str, Iterable[int]] | None = None,
    rows: Mapping[str, Iterable[models.Model]] | None = None,
) -> dict:
    """Return the whole item in both languages as plain values: columns, lists of keys, related rows.

    ``lists`` and ``rows`` give, by name, values to use instead of the saved ones. Rows keep their order.
    """
    lists, rows = lists or {}, rows or {}
    data = {field.name: _value_of(item, field) for field in content_columns(item)}
    for field in relation_fields(item):
        saved = field.name not in lists
        data[field.name] = sorted(
            getattr(item, field.name).values_list("pk", flat=True) if saved else lists[field.name]
        )
    for name in row_names(item):
        found = rows[name] if name in rows else getattr(item, name).all()
        data[name] = [{f.name: _value_of(row, f) for f in content_columns(row)} for row in found]
    return stored_form(data)


def _value_of(item: models.Model, field: models.Field) -> Any:
    """Return the value of one column. An unset text counts as empty, except an address, which may be null."""
    value = getattr(item, field.attname)
    is_text = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, models.SlugField)
    return "" if value is None and is_text else value


def stored_form(data: dict) -> dict:
    """Return ``data`` in the format of a stored revision, so that two texts can be compared."""
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder))


def deleted_references(item: models.Model, data: dict) -> list[models.Field]:
    """Return the fields of ``item``, such as its topic, for which ``data`` names an item that was deleted since."""
    keys = [field for field in content_columns(item) if field.many_to_one and data.get(field.name)]
    return [
        field
        for field in keys
        if (key := field.to_python(data[field.name])) != getattr(item, field.attname)
        and not field.related_model._default_manager.filter(pk=key).exists()
    ]


def save_related(item: models.Model, data: dict) -> None:
    """Save the lists and related rows of ``item`` from ``data``. References to deleted items are left out."""
    for field in relation_fields(item):
        if field.name in data:
            getattr(item, field.name).set(field.related_model.objects.filter(pk__in=data[field.name]))
    for name in row_names(item):
        if name in data:
            _save_rows(item, getattr(item, name), data[name])


def _save_rows(item: models.Model, manager: Any, rows: list[dict]) -> None:
    owner = manager.field
    manager.all().delete()
    fields = [field for field in content_columns(manager.model) if field is not owner]
    made = [manager.model(**{f.attname: f.to_python(row[f.name]) for f in fields if f.name in row}) for row in rows]
    references = {field.attname: _existing_keys(field, made) for field in fields if field.many_to_one}
    for row in made:
        if all(getattr(row, name) in present for name, present in references.items()):
            setattr(row, owner.name, item)
            row.save()


def _existing_keys(field: models.ForeignKey, rows: list[models.Model]) -> set:
    """Return the valid keys for ``field`` of ``rows``: None, and the keys of items that exist."""
    asked = {getattr(row, field.attname) for row in rows} - {None}
    found = field.related_model.objects.filter(pk__in=asked).values_list("pk", flat=True) if asked else ()
    return {None, *found}
