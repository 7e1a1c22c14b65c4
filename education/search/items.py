"""The items that a search can find, read once for each cache version: only what results show of them.

The objects are shared by all threads of a process: nobody may change them.
"""

from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from education.models import Audience, Guide, Helpline, Page, Platform, SearchDoc, Topic
from education.models.bilingual import Bilingual
from education.models.platform import AGE_FIELD
from safetycenter.page_cache.per_version import per_version

from .documents import KINDS, MODELS

_Kind = SearchDoc.Kind
# The fields that make the address and the key of an item, and for helplines and words of the glossary what they teach.
_FIELDS = {
    _Kind.GUIDE: ("number", "sensitive", "subject", "topic", "slug"),
    _Kind.PAGE: ("key",),
    _Kind.HELPLINE: ("slug", "name"),
    _Kind.TERM: ("term", "slang"),
    _Kind.NEWS: ("slug",),
    _Kind.QUIZ: ("number", "sensitive", "slug"),
    _Kind.LESSON: ("slug",),
    _Kind.PLATFORM: ("key", "order", "name", "slug", "sensitive", "age_rule", "short_answer", AGE_FIELD),
}
_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # in place of the time of a search
_KEYS = {Guide: "number", Page: "key", Helpline: "slug", Platform: "pin"}  # the fields by which editors pin items


@per_version
def readable(kind: SearchDoc.Kind) -> dict[int, Any]:
    """Return the items of ``kind`` that readers may see, by primary key."""
    model = MODELS.get(kind)
    if model is None:  # a kind of a newer version, whose node shares the database during an upgrade
        return {}
    items = _seen(model).order_by("order", "pk") if model is Helpline else _seen(model)
    return {item.pk: item for item in items.only(*_FIELDS[kind])}


def condition() -> tuple[str, list[Any]]:
    """Return the SQL condition that readers may see the item of the row ``doc`` now, and its parameters.

    For each row it looks up one item by its primary key, or PostgreSQL reads the items of a kind once for all rows.
    """
    sql, parameters = _condition()
    adapt = connection.ops.adapt_datetimefield_value
    now, then = adapt(timezone.now()), adapt(_SOME_TIME)
    return sql, [now if one == then else one for one in parameters]


@cache
def _condition() -> tuple[str, tuple[Any, ...]]:
    """Return the condition at ``_SOME_TIME``: making it takes longer than many a search."""
    parts: list[str] = []
    parameters: list[Any] = []
    for kind, model in MODELS.items():
        same = _seen(model, _SOME_TIME).filter(pk=RawSQL("doc.object_id", ())).order_by().values("pk")
        sql, values = same.query.sql_with_params()
        parts.append(f"doc.kind = '{kind}' AND EXISTS ({sql})")
        parameters += values
    return " OR ".join(parts), tuple(parameters)


def _seen(model: Any, now: datetime | None = None) -> QuerySet:
    return model.objects.visible(now) if model is Helpline else model.objects.published(now)


def key_of(item: Bilingual) -> str:
    """Return the key by which editors pin ``item``; empty for kinds that cannot be pinned."""
    return str(getattr(item, _KEYS[type(item)])) if type(item) in _KEYS else ""


@per_version
def by_key() -> dict[str, tuple[str, int]]:
    """Return the kind and the primary key of each item that editors can pin, by its key."""
    kinds = [KINDS[model] for model in _KEYS]
    return {key_of(item): (kind, item.pk) for kind in kinds for item in readable(kind).values()}


@per_version
def audiences() -> tuple[Audience, ...]:
    """Return the audiences that readers may see, in order."""
    return tuple(Audience.objects.published())


@per_version
def topics() -> tuple[Topic, ...]:
    """Return the topics that readers may see, in order."""
    return tuple(Topic.objects.published())


@per_version
def platforms() -> tuple[Platform, ...]:
    """Return the apps that have a page, in order."""
    return tuple(sorted(readable(_Kind.PLATFORM).values(), key=lambda one: (one.order, one.pk)))


@per_version
def audiences_of_guides() -> dict[int, list[Audience]]:
    """Return the audiences of each guide in order, by the guide's primary key."""
    guides: defaultdict = defaultdict(list)
    for guide, key in Guide.audiences.through.objects.values_list("guide", "audience"):
        guides[key].append(guide)
    found: defaultdict = defaultdict(list)
    for audience in audiences():
        for guide in guides[audience.pk]:
            found[guide].append(audience)
    return dict(found)
