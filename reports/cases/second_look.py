"""The sampled blind second look: one closed case in twenty is judged again by somebody who does not know the decision.

Which case is drawn follows from its id and a secret of the site: the same for every run, and known to no moderator
beforehand. The second person reads the story and nothing else: no message, note or file, and no decision. Restricted
cases are seen inside their team only, as everywhere. Only numbers are kept of the comparison (safety rule H24).
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from safetycenter.roles import Account

from ..models.care import OptOut
from ..models.case import Case, State
from ..models.event import Event
from ..models.second_look import SecondLook, SecondLookFigure
from ..models.tally import kind_of
from . import audit

ONE_IN = 20
KEPT_FOR = timedelta(days=30)  # then the look is not worth it any more
HELD_FOR = timedelta(hours=8)  # after which somebody else may take a look that was not finished
LOOKED = "second_look"


def is_drawn(case: Case) -> bool:
    """Return whether ``case`` is in the sample."""
    number = int.from_bytes(salted_hmac("reports.second_look", str(case.pk), algorithm="sha256").digest()[:8], "big")
    return number < 2**64 // ONE_IN


def draw(state_before: str, case: Case) -> None:
    """Put ``case`` on the list if it has just been closed and is in the sample. ``lifecycle.perform`` calls this."""
    if case.state == State.CLOSED != state_before and is_drawn(case):
        SecondLook.objects.get_or_create(case=case)


def waiting_for(user: Account) -> QuerySet[SecondLook]:
    """Return the looks that ``user`` may make, the oldest first: at cases that they never worked on or opened.

    Not at those in a category of which they chose to get no cases, and not at cases whose use the reporter stopped.
    """
    now, person = timezone.now(), user.pk or 0
    knows_it = Exists(Event.objects.filter(case=OuterRef("case"), by=person))
    is_free = Q(by=None) | Q(taken_at__lt=now - HELD_FOR)
    cases = Case.objects.readable_by(user).filter(state=State.CLOSED).not_paused().order_by().values("pk")
    chosen = OptOut.objects.filter(person=person).values("category")
    looks = SecondLook.objects.filter(Q(by=person) | is_free & ~knows_it, drawn_at__gt=now - KEPT_FOR, case__in=cases)
    return looks.exclude(case__category__in=chosen).order_by("drawn_at")


def take(user: Account) -> SecondLook | None:
    """Give ``user`` the look that they have begun, or the oldest one that waits; None if there is none."""
    with transaction.atomic():
        waiting = waiting_for(user)
        look = waiting.filter(by=user.pk).first() or waiting.select_for_update(of=("self",), skip_locked=True).first()
        if look is not None and look.by_id != user.pk:
            look.by_id, look.taken_at = user.pk, timezone.now()
            look.save(update_fields=["by", "taken_at"])
    return look


def taken_by(user: Account) -> QuerySet[SecondLook]:
    """Return the looks that ``user`` took and has not finished."""
    return waiting_for(user).filter(by=user.pk or 0).select_related("case__category")


def record_reading(look: SecondLook) -> None:
    """Record that the person who took ``look`` reads the story of its case."""
    with transaction.atomic():
        audit.record(Case.objects.for_update().get(pk=look.case_id), LOOKED, look.by, story=True)


def decide(look: SecondLook, category: str, tier: int, outcome: str) -> None:
    """Count whether the second decision differs from the first, and end the look. An empty ``outcome``: not clear."""
    case = look.case
    month = timezone.localdate().replace(day=1)
    place: Any = {"month": month, "category": case.category_id, "kind": kind_of(vars(case))}
    found = {
        "looked": True,
        "other_category": category != case.category_id,
        "other_tier": tier != case.tier,
        "other_outcome": bool(outcome) and outcome != case.outcome,
        "no_outcome": not outcome,
    }
    with transaction.atomic():
        ended, _rows = SecondLook.objects.filter(pk=look.pk, by=look.by_id).delete()
        if ended:
            figure, _made = SecondLookFigure.objects.get_or_create(**place)
            more = {name: F(name) + 1 for name, differs in found.items() if differs}
            SecondLookFigure.objects.filter(pk=figure.pk).update(**more)


def delete_old() -> int:
    """Delete the looks that nobody made in time. Return their number."""
    return SecondLook.objects.filter(drawn_at__lte=timezone.now() - KEPT_FOR).delete()[0]
