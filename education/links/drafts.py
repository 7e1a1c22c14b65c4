"""Items whose newest text may name an address that readers do not see: draft changes, and drafts."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import TextField
from django.db.models.functions import Cast

from education.models import Publishable, Revision, State, Status
from education.models.revision import OPEN


def that_may_use(url: str) -> Iterator[Any]:
    """Yield the items with an open or saved text that names the site of ``url``, except unpublished pages.

    An earlier text may be the one that names it: the caller looks at the newest. One query, and one for each kind.
    """
    found = Revision.objects.filter(status__in=(*OPEN, Status.SAVED), action="").annotate(
        words=Cast("data", TextField())
    )
    if (site := urlsplit(url).netloc).isascii():  # a database may store other letters as codes
        found = found.filter(words__contains=site)
    keys: dict[int, set[int]] = {}
    for kind, key in found.order_by().values_list("content_type_id", "object_id").distinct():
        keys.setdefault(kind, set()).add(key)
    for kind in sorted(keys):
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        if model and issubclass(model, Publishable):
            yield from model.objects.exclude(state=State.ARCHIVED).filter(pk__in=keys[kind])
