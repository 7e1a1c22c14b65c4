"""What happened to one made-up case: the steps of its history, which ``history`` calls in order."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from reports.cases import audit
from reports.models import Case
from reports.models.case import State
from reports.staffing.hours import Roster

HAS_NOTE = 0.1  # share of the messages from staff before which they wrote a team note


@dataclass
class Past:
    """The history of a case. ``events`` are ``(action, side, by, at, facts)``; ``words`` are ``(place, by, at)``.

    ``place`` is the index of the text in ``stories.THREADS``. ``notes`` are ``(by, at)``.
    """

    case: Case
    dice: random.Random
    roster: Roster
    staff: list[User]
    now: datetime
    events: list[tuple] = field(default_factory=list)
    words: list[tuple] = field(default_factory=list)
    notes: list[tuple] = field(default_factory=list)

    def arrive(self, at: datetime) -> None:
        """Record that the report is sent at ``at``."""
        self.case.received_at = at
        self.case.due_at = self.case.next_action_at = self.roster.promise(self.case.tier, at)

    def do(self, action: str, target: str, at: datetime, by: User | None = None, **facts: Any) -> None:
        """Record an action that changes the state to ``target``."""
        side = audit.STAFF if by else (audit.SYSTEM if action == "lease_ended" else audit.REPORTER)
        self.events.append((action, side, by, at, {"from": self.case.state, "to": target, **facts}))
        self.case.state = target
        self.case.version += 1

    def claim(self, at: datetime) -> User:
        """Let a member of staff claim the case; return who."""
        by = self.dice.choice(self.staff)
        self.do("claim", State.IN_PROGRESS, at, by, first_look=True)
        self.case.seen_at, self.case.last_handler = at, by
        return by

    def tell(self, action: str, target: str, at: datetime, by: User) -> None:
        """Record a message from staff to the reporter, some with a team note before it."""
        if self.dice.random() < HAS_NOTE:
            self.notes.append((by, self.between(self.case.seen_at or at, at)))
            self.do("note", self.case.state, self.notes[-1][1], by)
        self.do(action, target, at, by)
        self.words.append((0 if action == "ask" else 2, by, at))
        self.case.answered_at = at

    def between(self, earlier: datetime, later: datetime) -> datetime:
        """Return a random moment between two."""
        return earlier + (later - earlier) * self.dice.uniform(0.1, 0.9)
