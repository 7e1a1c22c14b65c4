"""Take the most urgent waiting case while many others do the same."""

from django.db import transaction
from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ..cases import lifecycle
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet


def take_most_urgent(user: Account) -> Case:
    """Claim the most urgent case that waits for ``user``; return it.

    Raises NotAllowed with a full sentence: no case waits, or why ``user`` may not take the only ones that wait.
    """
    refused: list = []
    sentence = _("No case is waiting right now.")
    while True:
        waiting = Case.objects.visible_to(user).queued().waiting_for(user).exclude(pk__in=refused)
        with transaction.atomic():
            if case := _locked_first(waiting):
                try:
                    return lifecycle.perform(case, "claim", by=user)
                except lifecycle.NotAllowed as refusal:
                    refused.append(case.pk)
                    sentence = str(refusal)
                    continue
        # Each statement sees the cases of its own moment: some may have come back during the wait for a lock.
        if not waiting.exists():
            raise lifecycle.NotAllowed(sentence)


def _locked_first(waiting: CaseQuerySet) -> Case | None:
    """Return the first case that nobody else has locked; when all are locked, the first whose lock is released.

    SQLite locks the whole database for the transaction instead, so there the first query finds the case.
    """
    return _first(waiting.select_for_update(of=("self",), skip_locked=True)) or _first(waiting.for_update())


def _first(cases: CaseQuerySet) -> Case | None:
    return next(iter(cases[:1]), None)
