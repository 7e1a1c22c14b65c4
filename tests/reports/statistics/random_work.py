"""Random work at the desk: reports, and actions of staff, reporters and time on them."""

import random

from reports.cases import retention
from reports.cases.lifecycle import ACTIONS, STAFF_ACTIONS, NotAllowed, perform
from reports.models import Case
from tests.cast import BULLIED, GROOMED
from tests.reports.actions import DETAILS, URGENT

KINDS = (BULLIED, GROOMED, URGENT)
# Actions that need another case, another person or a secret, and more of those that change figures.
WITHOUT = {"new_code"}
OFTEN = ["claim", "claim", "claim", "reply", "ask", "resolve", "close", "reopen", "reporter_reply", "request_review"]


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
        case, name = self.dice.choice(self.cases), self.dice.choice(self.names)
        by = self.dice.choice(self.staff) if name in STAFF_ACTIONS else None
        try:
            perform(Case.objects.get(pk=case.pk), name, by=by, **self._details(name))
        except (NotAllowed, TypeError):  # a TypeError: an action that needs other details
            return
        self.done.append(name)

    def erase_one(self) -> None:
        case = self.cases.pop(0)
        assert retention.erase(Case.objects.get(pk=case.pk), retention.SCHEDULE)

    def _details(self, name: str) -> dict:
        if name == "set_tier":
            return DETAILS[name] | {"tier": self.dice.randrange(5)}
        return {"text": "", "evidence": ()} if name == "reporter_reply" else DETAILS.get(name, {})
