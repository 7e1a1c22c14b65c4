"""The decisions not to pass a case on, for the leads who read their reasons (safety rule K1)."""

from datetime import datetime, timedelta

from safetycenter.roles import Account

from ..models.case import Case
from ..models.event import Event

DAYS = 30
SHOWN = 20


def decisions(user: Account, now: datetime) -> list[Event]:
    """Return the decisions of the last days in cases that ``user`` leads and may see, the latest first.

    The reason is a team note of the case, so that it stays sealed and is read on the page of the case only.
    """
    cases = Case.objects.visible_to(user).led_by(user)
    decided = Event.objects.filter(action="not_to_refer", at__gt=now - timedelta(days=DAYS))
    decided = decided.filter(case__in=cases.order_by().values("pk"))
    return list(decided.select_related("case", "by").order_by("-at")[:SHOWN])
