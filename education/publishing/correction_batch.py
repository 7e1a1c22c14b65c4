"""Decide on the corrections of one release together: accept those that need no second look, or keep the site's texts.

Each item goes through ``workflow.perform`` as if it were decided alone, in a savepoint: one that is refused does not
stop the others. At most ``AT_ONCE`` are in one transaction, which raises the version of the pages once: reporters write
between two of them (docs/decisions/publish-checks.md).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import sleep
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from education.models import Publishable, Revision, Status
from education.models.revision import OPEN
from education.publishing import checks, workflow
from education.publishing.correction_facts import touches_number
from education.publishing.decision import Decision, MovedError
from education.publishing.told_changes import has_strict_rules
from safetycenter.page_cache import cache_version
from safetycenter.roles import Account
from safetycenter.transitions import NotAllowed

AT_ONCE = 20  # items in one transaction
Decide = Callable[[Any, Revision, int], None]
Log = Callable[[Publishable], object]
PAUSE = 0.15  # seconds between two, on SQLite: who waits for its lock asks again every tenth of a second


@dataclass
class Outcome:
    """What was decided on: the items that it was done for, and the others with the sentence that says why not."""

    done: list[Publishable] = field(default_factory=list)
    refused: list[tuple[Publishable, str]] = field(default_factory=list)


def open_of(release: str, model: type) -> QuerySet[Revision]:
    """Return the open corrections that ``release`` brought for items of ``model``, the oldest first.

    Each has in ``latest`` the number of the newest version of its item. The whole texts are not read.
    """
    same = Revision.objects.filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))
    latest = Subquery(same.order_by("-number").values("number")[:1], output_field=IntegerField())
    kind = ContentType.objects.get_for_model(model)
    found = Revision.objects.filter(release=release, content_type=kind, status__in=OPEN)
    return found.annotate(latest=latest).defer("data", "shipped").order_by("object_id")


def reasons(model: type, revision: Revision) -> list[str]:
    """Return the sentences that say why the correction in ``revision`` is decided alone; empty if it need not be."""
    found = revision.correction
    why = []
    if revision.status != Status.WAITING:
        why.append(_("Somebody has asked for changes, or approved it for a time."))
    if touches_number(model, found):
        why.append(_("It touches a phone number or a helpline."))
    if found.get("sensitive"):
        why.append(_("The page is sensitive."))
    if found.get("replaced"):
        why.append(_("It would replace words of this site."))
    if found.get("found") == checks.ERROR:
        why.append(_("The checks found an error in it."))
    elif found.get("found", checks.ERROR):  # without the key nobody has looked
        why.append(_("The checks ask for a tick or a note."))
    return why


def may_be_declined(model: type, revision: Revision) -> bool:
    """Return whether this site may keep its text without a look at the page: no number and no sensitive page."""
    found = revision.correction
    is_safe = not touches_number(model, found) and not found.get("sensitive")
    return is_safe and revision.status == Status.WAITING


def accept(model: type[Publishable], corrections: Iterable[tuple[Revision, int]], by: Account, log: Log) -> Outcome:
    """Publish each of ``corrections`` of items of ``model``: the revision, and the newest version that ``by`` saw.

    ``log`` is called for each item in the transaction that changes it.
    """

    def publish(item: Publishable, revision: Revision, seen: int) -> None:
        if why := reasons(model, revision) or ([_("The page is sensitive.")] if has_strict_rules(item) else []):
            raise NotAllowed(" ".join(why))
        workflow.perform(item, "publish", by, chosen=Decision(seen=seen))

    return _each(model, corrections, publish, log)


def decline(
    model: type[Publishable], corrections: Iterable[tuple[Revision, int]], by: Account, reason: str, log: Log
) -> Outcome:
    """Withdraw each of ``corrections``, as in ``accept``: readers keep what they see. ``reason`` is recorded."""

    def withdraw(item: Publishable, revision: Revision, seen: int) -> None:
        if not may_be_declined(model, revision) or has_strict_rules(item):
            raise NotAllowed(_("It touches a number or a sensitive page, so it is decided alone."))
        if revision.latest != seen:  # type: ignore[attr-defined]
            raise MovedError(_("This text was saved or decided on while you looked at it. Nothing was changed."))
        workflow.perform(item, "withdraw", by, reason)

    if not reason.strip():
        raise NotAllowed(_("Say why this site keeps its own texts."))
    return _each(model, corrections, withdraw, log)


def _each(model: type[Publishable], corrections: Iterable[tuple[Revision, int]], decide: Decide, log: Log) -> Outcome:
    corrections = list(corrections)
    outcome = Outcome()
    for start in range(0, len(corrections), AT_ONCE):
        if start and connection.vendor == "sqlite":
            sleep(PAUSE)
        _decide_some(model, corrections[start : start + AT_ONCE], decide, log, outcome)
    return outcome


@cache_version.batch()
def _decide_some(model: Any, some: Sequence[tuple[Revision, int]], decide: Decide, log: Log, outcome: Outcome) -> None:
    """Decide on ``some`` corrections, read again: others may have changed them since the first transaction."""
    seen = {revision.pk: number for revision, number in some}
    release = next(revision.release for revision, _number in some)
    revisions = list(open_of(release, model).filter(pk__in=seen))
    items = model.objects.in_bulk([revision.object_id for revision in revisions])
    for revision in revisions:
        if (item := items.get(revision.object_id)) is None:
            continue
        try:
            decide(item, revision, seen[revision.pk])
            log(item)
            outcome.done.append(item)
        except NotAllowed as refusal:
            outcome.refused.append((item, str(refusal)))
