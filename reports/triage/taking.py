"""Take the most urgent waiting case while many others do the same."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.days import beginning_of
from safetycenter.roles import Account

from ..cases import lifecycle
from ..cases.case_effects.clock import URGENT
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.event import Event
from ..models.team import Team
from ..staffing.availability import ALARM, Spared, last_handler_is_on_duty


def claim_most_urgent(user: Account) -> Case:
    """Claim the most urgent case that waits for ``user``; return it.

    Raises NotAllowed with a full sentence: no case waits, or why ``user`` may not take the only ones that wait.

    No transaction waits for a second row: PostgreSQL keeps the lock of a row that turned out to be taken meanwhile,
    so that two people who each hold such a row and wait for the other's would be in a deadlock.
    """
    refused: list = []
    spared = Spared.of(user)
    sentence = _nothing_left(spared)
    while True:
        waiting = Case.objects.visible_to(user).waiting_for(user).by_urgency().not_paused().exclude(pk__in=refused)
        waiting = spared.take_from(waiting.without_withdrawn_of_others(user))
        try:
            for cases in _in_turn(waiting, user, spared.has_team):
                if case := _claim(cases.select_for_update(of=("self",), skip_locked=True), user, spared):
                    return case
                # All of these are locked by others. Wait for the first one; each query sees the current rows.
                if locked := _first(cases):
                    if case := _claim(cases.for_update().filter(pk=locked.pk), user, spared):
                        return case
                    break  # taken meanwhile: start again
            else:
                raise lifecycle.NotAllowed(sentence)
        except _RefusedError as refusal:
            refused.append(refusal.key)
            sentence = str(refusal) or sentence


def _is_for_others_today(case: Case, user: Account, spared: Spared) -> bool:
    """Return whether ``user`` gave ``case`` back today, and another one of its tier waits for them."""
    if case.last_handler_id != user.pk:
        return False
    today = Event.objects.filter(action="release", by=user, at__gte=beginning_of(timezone.localdate()))  # type: ignore[misc]
    if not today.filter(case=case).exists():
        return False
    waiting = Case.objects.visible_to(user).waiting_for(user).not_paused().without_withdrawn_of_others(user)
    return spared.take_from(waiting).filter(tier=case.tier).exclude(pk__in=today.values("case")).exists()


def _in_turn(waiting: CaseQuerySet, user: Account, has_team: bool) -> Iterator[CaseQuerySet]:
    """Yield the cases from which ``user`` gets the first one: those that came back to them, the others, the rest.

    A case that came back from its reporter is kept for a while for the person who handled it (``clock.reserve``), and
    only while that person is on duty. They get it before the other cases of its tier, never before a more
    urgent tier. Everybody else gets it only if nothing else waits, so that nobody reads that no case waits while one
    does.
    """
    kept = Q(reserved_until__gt=timezone.now())
    others = waiting.exclude(kept & ~Q(last_handler=user) & last_handler_is_on_duty())
    mine = waiting.filter(kept, last_handler=user)
    if (first := _first(mine)) and not others.filter(tier__lt=first.tier).exists():
        yield mine.filter(tier=first.tier)
    yield from _own_teams_first(others, user) if has_team else [others]
    yield waiting


def _own_teams_first(cases: CaseQuerySet, user: Account) -> Iterator[CaseQuerySet]:
    """Yield the cases of the teams of ``user`` and those that wait for nobody in particular, then all of them.

    A team makes no urgent case wait: in the most urgent tier, P0 or P1, the own cases come first only as long as there
    are any. An overdue case is everybody's.
    """
    if teams := list(Team.objects.filter(members=user, active=True).values_list("pk", flat=True)):  # type: ignore[misc]
        own = cases.filter(Q(team=None) | Q(team__in=teams) | Q(overdue=True))
        if (first := _first(cases)) and first.tier in URGENT:
            yield own.filter(tier=first.tier)
            yield cases.filter(tier=first.tier)
        yield own
    yield cases


class _RefusedError(Exception):
    """The case with this ``key`` waits, and this person may not take it; the message is the sentence for them."""

    def __init__(self, key: object, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


def _nothing_left(spared: Spared) -> str:
    """Return the sentence for a person for whom nothing waits, in words that do not hide what is kept from them."""
    if spared.everything:
        return _(
            "You have read enough for today: a limit is reached, and nothing urgent waits. "
            "You can still assign a case to yourself in the queue."
        )
    if spared.categories:
        return _("No case is waiting right now, except in categories that you chose not to get.")
    return _("No case is waiting right now.")


def _claim(cases: CaseQuerySet, user: Account, spared: Spared) -> Case | None:
    """Lock and claim the first of ``cases`` for ``user``; None when there is none. Raises _RefusedError.

    If they chose not to get it, or have read enough, and nobody else is free to take it, its lead is paged: this delays
    nothing.
    SQLite locks the whole database for the transaction instead of rows.
    """
    with transaction.atomic():
        if (case := _first(cases)) is None:
            return None
        if _is_for_others_today(case, user, spared):
            raise _RefusedError(case.pk, "")
        try:
            is_alarming = spared.covers(case) and lifecycle.ACTIONS[ALARM].refusal(case, None) is None
            if is_alarming and spared.only_they_take(case):
                case = lifecycle.perform_locked(case, ALARM)
            return lifecycle.perform_locked(case, "claim", by=user)
        except lifecycle.NotAllowed as refusal:
            raise _RefusedError(case.pk, str(refusal)) from refusal


def _first(cases: CaseQuerySet) -> Case | None:
    return next(iter(cases[:1]), None)
