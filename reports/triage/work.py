"""The first cases of the page "My work": which comes first in the queue and why, and which this person holds.

They are read as JSON within the query of all counts of that page, which has no room for one query more.
"""

import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db.models import F, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from safetycenter.hints import Text
from safetycenter.roles import Account

from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from .clocks import Clock
from .why import TIERS, why

MINE = 3  # cases of a person that are listed
READ = ("reference", "tier", "tier_rules", "age_band", "state", "unread_reply", "next_action_at")


@dataclass(frozen=True)
class Work:
    """One case in a line: the sentence of the rule that set its tier, then one circumstance."""

    case: Case
    first: Text
    then: Text
    clock: Clock | None


def expressions(cases: CaseQuerySet, user: Account) -> dict[str, Subquery]:
    """Return what to read besides the counts: the first case that waits, and the first ones that ``user`` holds."""
    facts = JSONObject(**{name: F(name) for name in READ})
    waiting = cases.waiting_for(user).by_urgency().not_paused().values(facts=facts)
    mine = cases.filter(handler=user).order_by("-unread_reply", "tier", "queue_key_at", "id").values(facts=facts)
    found = {f"mine{place}": Subquery(mine[place : place + 1]) for place in range(MINE)}
    return {"first": Subquery(waiting[:1]), **found}


def lists(found: dict[str, Any]) -> dict[str, list[Work]]:
    """Return the lists of the page from what ``expressions`` found, which is taken out of ``found``."""
    first, mine = found.pop("first"), [found.pop(f"mine{place}") for place in range(MINE)]
    return {"first": [_work(first)] if first else [], "mine": [_work(facts) for facts in mine if facts]}


def _work(facts: dict[str, Any]) -> Work:
    at, rules = facts["next_action_at"], facts["tier_rules"]
    due = parse_datetime(at) if at else None
    # SQLite writes a time in UTC without saying so, and JSON within JSON as text.
    due = due.replace(tzinfo=UTC) if due and due.tzinfo is None else due
    rules = json.loads(rules) if isinstance(rules, str) else rules
    case = Case(**facts | {"next_action_at": due, "tier_rules": rules})
    sentence, *others = why(case) or [TIERS[case.tier]]
    return Work(case, sentence, others[0] if others else "", Clock.of(case))
