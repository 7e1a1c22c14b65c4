"""What someone with write access to the database, and no key file, would do to the record. With triggers off.

Every helper computes the unkeyed parts (digests, head, length) again, as such a person can.
"""

import uuid

from django.db import connection, transaction

from reports import triggers
from reports.cases import audit
from reports.models import Case, Event


def sql(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


class Attacker:
    """Works with triggers off: an owner of the tables can do this, and put them back."""

    def __enter__(self):
        triggers.remove()
        return self

    def __exit__(self, *_error):
        triggers.install()

    def append(self, case: Case, by, action: str = "viewed") -> None:
        """A forged event on top of the chain, with a seal copied from the event before it. Needs no owner."""
        case.refresh_from_db()
        last = case.events.get(number=case.events_count)
        event = Event(case=case, number=last.number + 1, action=action, by=by, side="staff", facts={"own": True})
        event.key_id, event.seal = last.key_id, last.seal
        event.digest = audit.digest(bytes(last.digest), event)
        event.save(force_insert=True)
        self._set_head(case)

    def remove(self, case: Case, number: int) -> None:
        """One event is gone; those after it are renumbered and computed again."""
        sql("DELETE FROM reports_event WHERE case_id = %s AND number = %s", self._id(case), number)
        self.compute(case)

    def swap(self, case: Case, one: int, other: int) -> None:
        """Swap two events."""
        for old, new in ((one, 9999), (other, one), (9999, other)):
            sql("UPDATE reports_event SET number=%s WHERE case_id=%s AND number=%s", new, self._id(case), old)
        self.compute(case)

    def cut(self, case: Case, number: int) -> None:
        """The events from ``number`` on are gone, and what countersigned them too."""
        sql("DELETE FROM reports_event WHERE case_id = %s AND number >= %s", self._id(case), number)
        self._set_head(case)

    def cut_register(self, case: Case, number: int = 1) -> None:
        """The register ends before the event ``number`` of this case was entered."""
        sql(
            "DELETE FROM reports_registerentry WHERE number >= (SELECT MIN(number) FROM reports_registerentry"
            " WHERE case_id = %s AND event_number >= %s)",
            self._id(case),
            number,
        )

    def erase(self, case: Case) -> None:
        """The case is gone with all its rows."""
        sql(
            "DELETE FROM reports_notice WHERE event_id IN (SELECT id FROM reports_event WHERE case_id = %s)",
            self._id(case),
        )
        case.events.all()._raw_delete("default")
        Case.objects.get(pk=case.pk).delete()

    def compute(self, case: Case) -> None:
        """Compute numbers, digests and head again, as if nothing had happened."""
        before = b""
        for number, event in enumerate(list(case.events.order_by("number")), start=1):
            event.number = number
            event.digest = audit.digest(before, event)
            before = event.digest
            sql("UPDATE reports_event SET number=%s, digest=%s WHERE id=%s", number, before, event.pk)
        self._set_head(case)

    def _set_head(self, case: Case) -> None:
        last = case.events.order_by("-number").first()
        Case.objects.filter(pk=case.pk).update(events_head=last.digest, events_count=last.number)

    def _id(self, case: Case):
        return case.pk if connection.vendor == "postgresql" else uuid.UUID(str(case.pk)).hex
