"""Take the most urgent waiting case while many others do the same."""

from django.db import transaction
from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ..cases import lifecycle
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet


def claim_most_urgent(user: Account) -> Case:
    """Claim the most urgent case that waits for ``user``; return it.

    Raises NotAllowed with a full sentence: no case waits, or why ``user`` may not take the only ones that wait.

    No transaction waits for a second row: PostgreSQL keeps the lock of a row that turned out to be taken meanwhile,
    so that two people who each hold such a row and wait for the other's would be in a deadlock.
    """
    refused: list = []
    sentence = _("No case is waiting right now.")
    while True:
        waiting = Case.objects.visible_to(user).queued().waiting_for(user).exclude(pk__in=refused)
        try:
            if case := _claim(waiting.select_for_update(of=("self",), skip_locked=True), user):
                return case
            # All waiting cases are locked by others. Wait for the first one; each query sees the current rows.
            if (locked := _first(waiting)) is None:
                raise lifecycle.NotAllowed(sentence)
            if case := _claim(waiting.for_update().filter(pk=locked.pk), user):
                return case
        except _RefusedError as refusal:
            refused.append(refusal.key)
            sentence = str(refusal)


class _RefusedError(Exception):
    """The case with this ``key`` waits, and this person may not take it; the message is the sentence for them."""

    def __init__(self, key: object, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


def _claim(cases: CaseQuerySet, user: Account) -> Case | None:
    """Lock and claim the first of ``cases`` for ``user``; None when there is none. Raises _RefusedError.

    SQLite locks the whole database for the transaction instead of rows.
    """
    with transaction.atomic():
        if (case := _first(cases)) is None:
            return None
        try:
            return lifecycle.perform_locked(case, "claim", by=user)
        except lifecycle.NotAllowed as refusal:
            raise _RefusedError(case.pk, str(refusal)) from refusal


def _first(cases: CaseQuerySet) -> Case | None:
    return next(iter(cases[:1]), None)
