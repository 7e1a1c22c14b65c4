"""Housekeeping: read a few published texts in each round with the publish checks, and store their errors.

An error that readers see already stops nobody, and it comes up without an edit: a page that is taken down leaves dead
links, and an upgrade prescribes another sentence. The list of these errors (``admin.live_errors``) shows what is kept.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import Error, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from education.models import LiveCheck, Publishable, Revision
from education.models.bilingual import LANGUAGES
from education.models.live_check import LiveError
from education.publishing import checks
from education.translation import column

log = logging.getLogger("education.publishing.live_errors")

PER_ROUND, SECONDS = 20, 2  # at most: housekeeping also notifies people on call, once a minute
AGAIN_AFTER = timedelta(hours=3)
STORED_LATER = timedelta(minutes=1)  # a version has its time before others can read it
Key = tuple[int, int]  # content type and item
_STORED = ("name", "errors", "rank", "checked_at")


def check_due() -> int:
    """Check the published texts that are due, at most ``PER_ROUND`` or for ``SECONDS``; return how many.

    First those that were never checked or that somebody published since, then those whose check is the oldest.

    A failure is logged and goes no further: the page of the list says that it is late, and ``/readyz`` must not send
    readers away for it. Raises Error only when the connection is lost, which ends the round of housekeeping.
    """
    try:
        with _savepoint():
            return _check_due()
    except Exception as error:
        _raise_if_lost(error)
        log.exception("the published texts that are due could not be checked")
        return 0


def _check_due() -> int:
    end = time.monotonic() + SECONDS
    seen, known = set(_published()), _known()
    gone = [pk for key, (pk, _moment) in known.items() if key not in seen]
    due = _due(seen, {key: moment for key, (_pk, moment) in known.items()})
    in_time = takewhile(lambda _key: time.monotonic() < end, due)
    found = [one for key in in_time if (one := _checked(key))]
    if gone or found:  # with nothing to write it would still be SQLite's one writer for a moment
        with transaction.atomic():
            LiveCheck.objects.filter(pk__in=gone).delete()
            LiveCheck.objects.bulk_create(
                found, update_conflicts=True, unique_fields=["content_type", "object_id"], update_fields=_STORED
            )
    return len(found)


def _savepoint() -> AbstractContextManager[None]:
    """Let what is around go on after a failed query. Without a transaction around, each query is alone anyway."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _raise_if_lost(error: Exception) -> None:
    if isinstance(error, Error) and not connection.is_usable():
        raise error


def _published() -> Iterator[Key]:
    models: Any = apps.get_app_config("education").get_models()
    for model in (one for one in models if issubclass(one, Publishable)):
        kind = ContentType.objects.get_for_model(model).pk
        yield from ((kind, pk) for pk in model.objects.published().order_by().values_list("pk", flat=True))


def _known() -> dict[Key, tuple[int, datetime]]:
    rows = LiveCheck.objects.values_list("content_type", "object_id", "pk", "checked_at")
    return {(kind, key): (pk, moment) for kind, key, pk, moment in rows}


def _due(seen: set[Key], known: dict[Key, datetime]) -> list[Key]:
    changed, old = _changed(known), timezone.now() - AGAIN_AFTER
    new = sorted(seen - known.keys())
    late = sorted(
        (key not in changed, known[key], key) for key in seen.intersection(known) if key in changed or known[key] < old
    )
    return [*new, *(key for *_place, key in late)][:PER_ROUND]


def _changed(known: dict[Key, datetime]) -> set[Key]:
    """Return the items of which a version was stored since their check. Only versions of the last hours are read."""
    if not known:
        return set()
    written = Revision.objects.filter(written_at__gte=min(known.values()) - STORED_LATER).order_by()
    rows = written.values_list("content_type", "object_id", "written_at")
    return {
        (kind, key) for kind, key, moment in rows if (kind, key) in known and moment >= known[kind, key] - STORED_LATER
    }


def _checked(key: Key) -> LiveCheck | None:
    """Return the result for one item, ``None`` if it was deleted just now.

    Its time is from before the text is read, so that a later change is read again.
    """
    moment, kind = timezone.now(), ContentType.objects.get_for_id(key[0])
    item: Any = kind.get_all_objects_for_this_type(pk=key[1]).first()
    if item is None:
        return None
    names = {}
    for code in LANGUAGES:
        with override(code):
            names[code] = str(item)
    try:
        with _savepoint():
            errors = _errors(item)
    except Exception as error:
        # One text that the checks cannot read must not keep the others from being read.
        _raise_if_lost(error)
        log.exception("a published text could not be checked", extra={"facts": {"item": item.pk}})
        errors = [_unreadable(item)]
    ranks = [LiveCheck.Rank.PRESCRIBED if one["prescribed"] else LiveCheck.Rank.ERROR for one in errors]
    rank = max(ranks, default=LiveCheck.Rank.NONE)
    return LiveCheck(content_type=kind, object_id=key[1], name=names, errors=errors, rank=rank, checked_at=moment)


def _errors(item: Publishable) -> list[LiveError]:
    """Return the errors in what readers see of ``item``, with each sentence in all languages.

    Raises ValueError if there are more of them in one language of the desk than in another.
    """
    found: list[list[checks.Finding]] = []
    for code in LANGUAGES:
        with override(code):
            found.append(checks.live_errors(item))
        if not any(found):  # of a text without errors, which most are, one language is enough
            return []
    return [_with_texts(item, same) for same in zip(*found, strict=True)]


def _unreadable(item: Publishable) -> LiveError:
    same = []
    for code in LANGUAGES:
        with override(code):
            text = _("The checks could not read this text. Tell the server administrator.")
        same.append(checks.Finding(checks.ERROR, text))
    return _with_texts(item, same)


def _with_texts(item: Any, same: Sequence[checks.Finding]) -> LiveError:
    """Return one error of ``item`` as it is stored; ``same`` is its finding in each of ``LANGUAGES``."""
    columns = {column(field, code): code for field in item.translated_fields() for code in LANGUAGES}
    first, texts = same[0], {code: one.text for code, one in zip(LANGUAGES, same, strict=True)}
    language = columns.get(first.field, "")
    return {"field": first.field, "language": language, "prescribed": first.prescribed, "text": texts}
