"""The items that a search can find, read once for each cache version: only what results show of them.

The objects are shared by all threads of a process: nobody may change them.
"""

from collections import defaultdict
from typing import Any

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
_KEYS = {Guide: "number", Page: "key", Helpline: "slug", Platform: "pin"}  # the fields by which editors pin items


@per_version
def readable(kind: SearchDoc.Kind) -> dict[int, Any]:
    """Return the items of ``kind`` that readers may see, by primary key."""
    model = MODELS.get(kind)
    if model is None:  # a kind of a newer version, whose node shares the database during an upgrade
        return {}
    items = model.objects.visible().order_by("order", "pk") if model is Helpline else model.objects.published()
    return {item.pk: item for item in items.only(*_FIELDS[kind])}


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
