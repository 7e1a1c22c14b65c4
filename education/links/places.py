"""Every address on another site in published texts, with the places that use it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import override

from education.models import ExternalLink, Publishable
from education.models.serialization import relation_fields, row_names, snapshot
from education.scheduled_changes import PUBLISHABLE
from safetycenter.page_cache.per_version import per_version

from . import texts


class Place(NamedTuple):
    """A place that uses an address: the item (its model and key, its kind and name), the field, and the words there."""

    model: str
    key: int
    kind: str
    name: str
    field: str
    words: str


@per_version
def used(language: str) -> dict[str, tuple[Place, ...]]:
    """Return, by address, the places in published texts, with their labels in ``language``.

    An address that is longer than ``ExternalLink.url`` is left out.
    """
    found: dict[str, list[Place]] = {}
    with override(language):
        for item in _published():
            for one in texts.find(_values(item)):
                if len(one.url) <= ExternalLink.MAX_LENGTH:
                    found.setdefault(one.url, []).append(place_of(item, one))
    return {url: tuple(dict.fromkeys(places)) for url, places in found.items()}


def place_of(item: Publishable, one: texts.Found) -> Place:
    """Return the place in ``item`` where ``one`` was found."""
    meta = item._meta
    return Place(str(meta.model_name), item.pk, str(meta.verbose_name), str(item), _label(item, one.field), one.words)


def _published() -> Iterator[Any]:
    model: Any
    for model in PUBLISHABLE:
        yield from model.objects.published().prefetch_related(*row_names(model))


def _values(item: Model) -> dict:
    """Return the values of ``item`` without the lists that only refer to other items, which cost queries."""
    return snapshot(item, lists={field.name: () for field in relation_fields(item)})


def _label(item: Any, field: str) -> str:
    if field in row_names(item):
        return str(getattr(type(item), field).field.model._meta.verbose_name_plural)
    return str(item._meta.get_field(field).verbose_name)
