"""Topics and audiences group pages that show their names: readers see one as long as they see a page that has it.

Who publishes a page holds its topic and audiences (``hold``); who unpublishes one of these has its row alone. So the
second of the two waits, and sees what the first has done.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.models import Audience, Guide, Lesson, Publishable, Quiz, State, Topic

# The kinds of page that show the name of a topic or audience, with the lookup. A helpline shows neither.
PAGES: dict[type, tuple[tuple[Any, str], ...]] = {
    Topic: ((Guide, "topic"), (Quiz, "topic"), (Lesson, "topic")),
    Audience: ((Guide, "audiences"), (Quiz, "audiences")),
}
PAGES_WITH_GROUPS = tuple({page for pages in PAGES.values() for page, _lookup in pages})


def hold(item: Publishable, *texts: Mapping[str, Any]) -> None:
    """Until this transaction ends, let nobody unpublish a topic or audience of ``texts``, versions of ``item``.

    Call it before ``unseen`` is asked. Others may publish pages with the same ones meanwhile: the lock is shared.
    SQLite has one writer at a time and needs no lock.
    """
    if connection.vendor != "postgresql" or not isinstance(item, PAGES_WITH_GROUPS):
        return
    topics = {text.get("topic") for text in texts} - {None}  # an older version may be from before its kind had one
    audiences = {key for text in texts for key in text.get("audiences", [])}
    with connection.cursor() as cursor:
        for model, keys in ((Topic, topics), (Audience, audiences)):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = ANY(%s) ORDER BY id FOR SHARE", [[*keys]])  # noqa: S608


def unpublish_refusal(item: Publishable) -> str | None:
    """Return why ``item`` cannot be unpublished because pages show its name, or ``None``."""
    stays = Q(archive_at=None) | Q(archive_at__gt=timezone.now())  # also a page whose time is still to come
    count = sum(
        model.objects.filter(stays, state=State.PUBLISHED, **{way: item}).count()
        for model, way in PAGES.get(type(item), ())
    )
    if not count:
        return None
    text = ngettext(
        "%(count)d published page has it. Change or unpublish that page first.",
        "%(count)d published pages have it. Change or unpublish those pages first.",
        count,
    )
    return text % {"count": count}


def unseen(topic: Topic | None, audiences: Iterable[int]) -> list[tuple[str, str]]:
    """Return the field and a sentence for ``topic``, and each of ``audiences`` (their keys), that readers do not see.

    Nothing for an item without a topic, whose page shows no audience either.
    """
    if topic is None:
        return []
    found: list[tuple[str, Publishable]] = [("topic", topic)]
    found += [("audiences", one) for one in (Audience.objects.filter(pk__in=audiences) if audiences else ())]
    text = _("Readers do not see “%(name)s”. Publish it first, or choose another one.")
    return [(field, text % {"name": one}) for field, one in found if not one.is_published()]
