"""Pages of the queue. Each begins after the last case of the one before it, so that a deep page costs no more."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ..models.case import Case
from ..models.case_queryset import CaseQuerySet

PAGE = 25


@dataclass(frozen=True)
class Cursor:
    """The end of a page of the queue. The next page starts after it, however long the queue is."""

    tier: int
    queue_key_at: datetime
    pk: UUID

    @classmethod
    def of(cls, case: Case) -> "Cursor":
        """Return the position of ``case`` in the queue."""
        return cls(case.tier, case.queue_key_at, case.pk)

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Parse the result of ``str``; return None for anything else."""
        try:
            tier, queue_key_at, pk = urlsafe_b64decode(text.encode()).decode().split("|")
            return cls(int(tier), datetime.fromisoformat(queue_key_at), UUID(pk))
        except ValueError:
            return None

    def __str__(self) -> str:
        text = f"{self.tier}|{self.queue_key_at.isoformat()}|{self.pk}"
        return urlsafe_b64encode(text.encode()).decode()

    def parts_after(self, cases: CaseQuerySet) -> Iterator:
        """Yield ``cases`` after this position in two ordered parts; each is one range of the queue's index.

        A single condition would need an OR, for which PostgreSQL reads the queue from its start.
        """
        here = cases.filter(tier=self.tier).order_by("queue_key_at", "id")
        later = Q(queue_key_at__gt=self.queue_key_at) | Q(pk__gt=self.pk)
        yield here.filter(later, queue_key_at__gte=self.queue_key_at)
        yield cases.filter(tier__gt=self.tier)

    def is_before(self, case: Case) -> bool:
        """Return whether ``case`` comes after this position."""
        return (self.tier, self.queue_key_at, self.pk) < (case.tier, case.queue_key_at, case.pk)


def page_of(cases: CaseQuerySet, cursor: Cursor | None) -> tuple[list[Case], str]:
    """Return one page of ``cases`` after ``cursor``, and the end of that page; empty if no case follows."""
    rows: list[Case] = []
    for part in cursor.parts_after(cases) if cursor else [cases]:
        rows += part[: PAGE + 1 - len(rows)]
        if len(rows) > PAGE:
            return rows[:PAGE], str(Cursor.of(rows[PAGE - 1]))
    return rows, ""
