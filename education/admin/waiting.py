"""What the first page of editors lists, read in few queries: texts, ids of items, and one for each kind of item."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat

from education.models import (
    ExternalLink,
    Guide,
    Helpline,
    HelplineRole,
    LiveCheck,
    Platform,
    Publishable,
    Revision,
    StarterItem,
    State,
    Status,
)
from education.models.guide import LARGE_FIELDS
from education.models.revision import OPEN
from safetycenter.roles import Account

from . import alts_to_read, own_texts
from .due_filters import due_soon, overdue, to_check
from .translation_matrix import KINDS

MAX_LISTED = 8  # texts that the first page names; the page of all languages has the rest
TO_DECIDE = (*OPEN, Status.TO_CONFIRM)
IN_REVIEW, OUTDATED, OVERDUE, DUE, TO_CHECK = "in review", "outdated", "overdue", "due", "to check"
NO_HELPLINE, GONE, SKIPPED, TRIED = "no helpline", "gone", "skipped", "tried"
ALTS = "alt texts"
UNPRESCRIBED, ERRORS = "prescribed sentence missing", "errors that readers see"


class Waiting:
    """The work that waits for ``user`` and for everybody. Read when it is created."""

    def __init__(self, user: Account) -> None:
        self.user = user
        self.texts = [text for text in _texts(user) if issubclass(text.model, Publishable)]
        self.keys = _keys(user)

    def count(self, reason: str, model: type | None = None) -> int:
        """Return how many things of any kind, or of ``model``, are listed for ``reason``."""
        return sum(len(keys) for (why, kind), keys in self.keys.items() if why == reason and model in {None, kind})

    def models(self, reason: str) -> Iterator[type[Publishable]]:
        """Yield the kinds of items that are listed for ``reason``."""
        yield from (kind for kind in KINDS if (reason, kind) in self.keys)

    def items(self, reason: str, model: type[Publishable]) -> list[Any]:
        """Return the first items of ``model`` that are listed for ``reason``; those that are due soon all."""
        found = self._items.get(model, {})
        return [found[key] for key in self._named(reason, model) if key in found]

    def _named(self, reason: str, model: type) -> list[int]:
        keys = self.keys.get((reason, model), [])
        return [int(key) for key in (keys if reason == DUE else keys[:MAX_LISTED])]

    def with_status(self, status: Status) -> list[Any]:
        """Return the texts with ``status``, the oldest first."""
        return [text for text in self.texts if text.status == status]

    def corrections(self) -> dict[str, int]:
        """Return how many corrections of each release wait for a decision, the newest release last.

        One that was sent back waits too: nobody wrote it, so it is among the returned texts of nobody.
        """
        waits = (Status.WAITING, Status.RETURNED)
        return dict(Counter(text.release for text in self.texts if text.release and text.status in waits))

    def of_others(self, status: Status) -> list[Any]:
        """Return the texts with ``status`` that somebody else wrote, the oldest first: nobody reviews their own.

        The corrections of a release have a separate row.
        """
        found = self.with_status(status)
        return [text for text in found if text.author_id != self.user.pk and not text.release]

    def mine(self, status: Status) -> list[Any]:
        """Return the texts with ``status`` that the user wrote, the newest first; each with its ``found``, the item."""
        return self.found(text for text in reversed(self.with_status(status)) if text.author_id == self.user.pk)

    def found(self, texts: Iterable[Any]) -> list[Any]:
        """Return the ``texts`` whose item exists, each with its item in ``found``."""
        for text in (texts := list(texts)):
            text.found = self._items.get(text.model, {}).get(text.object_id)
        return [text for text in texts if text.found is not None]

    @cached_property
    def _items(self) -> dict[type[Publishable], dict[int, Any]]:
        """The items of all texts, and those that are listed, by kind. One query for each kind."""
        wanted: dict[type, set[int]] = {}
        for text in self.texts:
            wanted.setdefault(text.model, set()).add(text.object_id)
        for reason, kind in self.keys:
            if reason in {IN_REVIEW, OUTDATED, DUE}:
                wanted.setdefault(kind, set()).update(self._named(reason, kind))
        return {kind: without_texts(kind).in_bulk(keys) for kind, keys in wanted.items()}


def without_texts(model: Any) -> QuerySet:
    """Return all items of ``model`` without the long texts that no list shows."""
    return model.objects.defer(*LARGE_FIELDS) if model is Guide else model.objects.all()


def _texts(user: Account) -> Iterator[Any]:
    """Yield the texts to decide on and the newest one of each draft that ``user`` wrote last, the oldest first.

    Each has its ``model``, the ``last_action`` on its item, and in ``asked`` the time from which it should be read.
    """
    wanted = Q(status__in=TO_DECIDE) | own_texts.unpublished(user)
    found = Revision.objects.filter(wanted).select_related("author").defer("data", "shipped", "correction")
    text: Any
    for text in found.annotate(last_action=own_texts.last_action(), asked=KT("data__publish_at")).order_by(
        "written_at"
    ):
        text.model = ContentType.objects.get_for_id(text.content_type_id).model_class() or type(None)
        yield text


def _keys(user: Account) -> dict[tuple[str, type], list[str]]:
    """Return what is listed for each reason, by the model that the reason is about. Takes one query."""
    reachable = Helpline.objects.reachable().order_by()
    is_outdated = Q(state=State.PUBLISHED) & ~Q(outdated_fields={})
    kinds: tuple[Any, ...] = KINDS
    parts: list[tuple[str, Any, str]] = [
        *((IN_REVIEW, own_texts.in_review_of_others(kind, user), "pk") for kind in kinds),
        *((OUTDATED, kind.objects.filter(is_outdated), "pk") for kind in kinds),
        *((OVERDUE, overdue(kind.objects), "pk") for kind in (Guide, Platform)),
        *((DUE, due_soon(kind.objects), "pk") for kind in (Guide, Platform)),
        (TO_CHECK, to_check(), "pk"),
        (NO_HELPLINE, HelplineRole.objects.exclude(helpline__in=reachable), "pk"),
        (ALTS, alts_to_read.waiting_for(user), "pk"),
        (GONE, ExternalLink.objects.broken(), "pk"),
        (SKIPPED, StarterItem.objects.filter(correction_skipped=True), "name"),
        (TRIED, Platform.objects.exclude(tried_on=None), "key"),
        (UNPRESCRIBED, LiveCheck.objects.filter(rank=LiveCheck.Rank.PRESCRIBED), "pk"),
        (ERRORS, LiveCheck.objects.filter(rank=LiveCheck.Rank.ERROR), "pk"),
    ]
    rows = [_rows(place, query, field) for place, (_reason, query, field) in enumerate(parts)]
    found: dict[tuple[str, type], list[str]] = {}
    for row in rows[0].union(*rows[1:], all=True):
        place, _space, key = row.partition(" ")
        reason, query, _field = parts[int(place)]
        found.setdefault((reason, query.model), []).append(key)
    return {where: sorted(keys, key=_in_order) for where, keys in found.items()}


def _rows(place: int, query: QuerySet, field: str) -> QuerySet:
    """Return for each row its key after the place of its part: a union may swap columns, so there is only one."""
    key = Concat(Value(f"{place} "), Cast(F(field), TextField()), output_field=TextField())
    return query.order_by().annotate(place_and_key=key).values_list("place_and_key", flat=True)


def _in_order(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdecimal() else (0, key)
