"""Random work at the desk: reports, and actions of staff, reporters and time on them."""

import random

from django.utils import timezone

from reports.cases import retention, sending
from reports.cases.lifecycle import ACTIONS, STAFF_ACTIONS, NotAllowed, perform
from reports.models import Case
from tests.cast import BULLIED, GROOMED
from tests.reports.actions import DETAILS, URGENT, details_of

KINDS = (BULLIED, GROOMED, URGENT)
# One needs a secret and changes no figure; the others need an agency that takes reports.
WITHOUT = {"new_code", "prepare_referral", "approve_referral", "send_referral", "refer", "referral_failed"}
WITHOUT |= {"referral_unacknowledged"}
OFTEN = [
    "claim",
    "claim",
    "claim",
    "send",
    "send",
    "reply",
    "ask",
    "resolve",
    "close",
    "reopen",
    "reporter_reply",
    "request_review",
]


class Desk:
    """``step()`` does one thing; half of the choices are refused, as in life."""

    def __init__(self, file, staff, clock, seed: int = 1):
        self.dice, self.file, self.staff, self.clock = random.Random(seed), file, staff, clock
        self.cases, self.done = [], []
        self.names = [name for name in ACTIONS if name not in WITHOUT] + OFTEN * 4

    def report(self) -> None:
        self.cases.append(self.file(base=self.dice.choice(KINDS)).case)

    def step(self) -> None:
        self.clock(minutes=self.dice.choice((1, 20, 300, 3000)))
        case, name = Case.objects.get(pk=self.dice.choice(self.cases).pk), self.dice.choice(self.names)
        by = self.dice.choice(self.staff) if name in STAFF_ACTIONS or name == "send" else None
        try:
            if name == "send":
                self._send(case, case.handler or by)
            else:
                perform(case, name, by=by, **self._details(name, case, by))
        except NotAllowed:
            return
        self.done.append(name)

    def _send(self, case: Case, by) -> None:
        """Send a message, half of the time with the end of the case, and take half of them back."""
        case = sending.send(case, "reply", by, case.version, "Terima kasih.", resolve=self.dice.random() < 0.5)
        if self.dice.random() < 0.5:
            self.clock(seconds=3)
            perform(case, "undo", by=by)

    def erase_one(self) -> None:
        case = self.cases.pop(0)
        assert retention.erase(Case.objects.get(pk=case.pk), retention.SCHEDULE)

    def _details(self, name: str, case: Case, by) -> dict:
        if name == "set_tier":
            return DETAILS[name] | {"tier": self.dice.randrange(5)}
        if name == "look_again" and case.next_action_at is None:
            return {"at": timezone.now()}
        return {"text": "", "evidence": ()} if name == "reporter_reply" else details_of(name, case, by)
