"""The end of a shift, and what changed on a person's cases since then (safety rule H24).

Nobody leaves an open conversation with somebody who may take their life without a person who takes it over: the shift
ends, and the case is given back, only after a colleague has accepted the case or it was escalated to its lead. Of a
person who just goes away the lease ends after twenty minutes; the case then goes to its lead, and pages at once.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.roles import Account
from safetycenter.transitions import NotAllowed

from ..models.care import ShiftEnd
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.event import Event
from ..models.message import Message
from ..models.state import WORKED_ON
from ..questions.category import DECLARED
from ..staffing.exposure import day_began

FURTHEST = timedelta(days=14)
MOST = 100  # events
ASSIGNING = ("claim", "accept")
ASKED = "ask_take_out"  # who asked reads what the second person decided, also without the case
# The actions of others that the page lists, by its headings.
GROUPS = {
    "replies": (
        "reporter_reply",
        "reporter_added",
        "request_review",
        "data_request",
        "freeze",
        "withdraw",
        "cancel_withdrawal",
    ),
    "taken": ASSIGNING,
    "written": ("note", "reply", "ask"),
    "changed": ("restrict", "change_category", "set_tier"),
    "files": ("agree_take_out", "refuse_take_out", "revoke_take_out"),
    "returned": ("release", "lease_ended", "no_answer", "left_open", "decline", "escalate"),
    "undone": ("undo", "reopen"),
    "ended": ("resolve", "resolve_without_message", "close", "closed_by_time"),
}
_GROUP_OF = {action: group for group, actions in GROUPS.items() for action in actions}


def is_about_a_life(case: Case) -> bool:
    """Return whether the reporter of ``case`` may take their life, by category, answers or words."""
    declared = DECLARED.get(case.category_id)
    return case.risk_flag or bool(declared and declared.about_life)


def open_conversations(user: Account) -> CaseQuerySet:
    """Return the cases about a life that ``user`` holds and in which somebody has written since the report."""
    about_life = Q(category__in=[category.slug for category in DECLARED.values() if category.about_life])
    written = Exists(Message.objects.filter(case=OuterRef("pk")))
    held = Case.objects.visible_to(user).filter(handler=user, state__in=WORKED_ON)
    return held.filter(about_life | Q(risk_flag=True), written).by_urgency()


def is_conversation(case: Case) -> bool:
    """Return whether ``case`` is about a life and somebody has written in it since the report."""
    return is_about_a_life(case) and bool(case.messages.all())  # a case page has them prefetched


def refuse_to_leave(case: Case) -> str | None:
    """Refuse to leave ``case`` without a person who takes it over, if its conversation is about a life."""
    if not is_conversation(case):
        return None
    return _(
        "This conversation is about self-harm or suicide and needs a person who goes on with it. Hand the case over to "
        "a colleague and wait until they accept, or escalate it to the lead."
    )


def end_shift(user: Account) -> None:
    """Take ``user`` off duty. Raises NotAllowed while they hold an open conversation about a life."""
    if open_conversations(user).exists():
        raise NotAllowed(
            _("Your shift cannot end yet. Each conversation about a life needs a person who takes it over.")
        )
    ShiftEnd.objects.update_or_create(person=user, defaults={"at": timezone.now()})


def left_at(user: Account) -> datetime:
    """Return when ``user`` left: at the end of their last shift, or with their last action before today, if later."""
    earlier = Event.objects.filter(by=user.pk or 0, at__lt=day_began()).order_by("-at").values_list("at", flat=True)
    known = [*earlier[:1], *ShiftEnd.objects.filter(person=user.pk or 0).values_list("at", flat=True)]
    return max(known, default=timezone.now() - timedelta(days=1))


def changes_since(user: Account, since: datetime) -> dict[str, list[Event]]:
    """Return what others and reporters did since then on the cases that ``user`` had, by group, the latest first.

    Also of cases whose locked files they asked for. For at most two weeks, and of cases that ``user`` may still see.
    """
    since = max(since, timezone.now() - FURTHEST)
    mine = Event.objects.filter(by=user.pk or 0, action__in=(*ASSIGNING, ASKED), at__gt=since - FURTHEST).values("case")
    events = Event.objects.filter(case__in=Case.objects.visible_to(user).filter(pk__in=mine), action__in=_GROUP_OF)
    found = defaultdict(list)
    for event in (
        events.filter(at__gt=since).exclude(by=user.pk or 0).select_related("case", "by").order_by("-at")[:MOST]
    ):
        found[_GROUP_OF[event.action]].append(event)
    return found
