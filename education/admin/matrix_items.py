"""Read the items of the page of all languages: each with its last writer and its open text, in few queries."""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.dateparse import parse_datetime

from education.models import Audience, HelpBlock, Organisation, Publishable, Revision, Term, Topic
from education.models.bilingual import columns
from education.models.revision import OPEN
from education.publishing import translation_status

# Kinds with few columns and few items. They share one query, because the page takes one for each other kind.
_SMALL: tuple[type[Any], ...] = (Term, Organisation, Topic, Audience, HelpBlock)
_NAMED_BY: dict[type[Any], tuple[str, ...]] = {HelpBlock: ("person",)}  # columns of their names beside texts and order
_TIMES = ("publish_at", "archive_at")
_STATUS = ("state", *_TIMES, "outdated_fields", "not_needed")
_FOUND = ("last_writer", "open_status", "open_data")
_JSON = {"outdated_fields", "not_needed", "open_data"}


def items_of(kinds: Collection[type[Publishable]]) -> dict[type[Publishable], list[Any]]:
    """Return the items of ``kinds``, in order, except unpublished ones."""
    small = _small_items()
    return {model: small[model] if model in small else list(_with_rows(model)) for model in kinds}


def _with_rows(model: Any) -> QuerySet:
    """Return the items with the rows that are translated too, which takes one query more."""
    return _with_texts(model).prefetch_related(*(name for name in translation_status.ROWS if hasattr(model, name)))


def _with_texts(model: Any) -> QuerySet:
    """Return the items with their last writer and their open text, in one query."""
    kind = ContentType.objects.get_for_model(model)
    versions = Revision.objects.filter(content_type=kind, object_id=OuterRef("pk")).order_by("-number")
    open_text = versions.filter(status__in=OPEN)
    seen_or_waiting = model.objects.exclude(pk__in=model.objects.unpublished().values("pk"))
    return seen_or_waiting.annotate(
        last_writer=Subquery(versions.filter(action="").values("author__username")[:1]),
        open_status=Subquery(open_text.values("status")[:1]),
        open_data=Subquery(open_text.values("data")[:1]),
    )


def _small_items() -> dict[type[Publishable], list[Any]]:
    """Return the items of ``_SMALL``, with what the page shows of them, in one query."""
    parts = [_as_json(model) for model in _SMALL]
    models = {model._meta.model_name: model for model in _SMALL}
    found: dict[type[Publishable], list[Any]] = {model: [] for model in _SMALL}
    for values in parts[0].union(*parts[1:], all=True):
        model = models[values.pop("kind")]
        found[model].append(_made(model, values))
    for items in found.values():
        items.sort(key=lambda item: [getattr(item, name) for name in item._meta.ordering])
    return found


def _as_json(model: type[Any]) -> QuerySet:
    """Return a query with one value for each item, so that kinds with other columns fit beside it."""
    name = Cast(Value(model._meta.model_name), CharField())
    values = {one: one for one in (*_columns(model), *_FOUND)}
    found = _with_texts(model).order_by().annotate(values_of_item=JSONObject(kind=name, **values))
    return found.values_list("values_of_item", flat=True)


def _columns(model: type[Any]) -> list[str]:
    ordering = [name for name in model._meta.ordering if name != "pk"]
    texts = [name for field in model.translated_fields() for name in columns(field)]
    return ["id", *_STATUS, *ordering, *_NAMED_BY.get(model, ()), *texts]


def _made(model: type[Any], values: dict[str, Any]) -> Any:
    """Return the item. Inside the value, SQLite has JSON as text and PostgreSQL has it as it is."""
    values |= {name: json.loads(values[name]) for name in _JSON if isinstance(values[name], str)}
    values |= {name: _as_moment(values[name]) for name in _TIMES if values[name]}
    found = {name: values.pop(name) for name in _FOUND}
    item = model(**values)
    vars(item).update(found)
    return item


def _as_moment(text: str) -> datetime | None:
    """Return the moment in a JSON value; in SQLite's it is in UTC and does not say so."""
    moment = parse_datetime(text)
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
