"""Cases whose sealed parts are not the ones that were sent: the desk hides them, records that and raises an alarm."""

from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from safetycenter.hints import Text
from safetycenter.roles import Account

from ..cases import audit, fingerprints, lifecycle
from ..cases.case_action import SealedParts, StaffAction
from ..cases.verification import alarms
from ..models.case import Case
from ..models.event import Event
from ..models.record import RecordAlarm


@dataclass(frozen=True)
class PartsCheck:
    """The comparison of the parts of ``case`` with its record. ``reason`` says why they are hidden, if they are."""

    case: Case
    by: Account | None
    reason: str = ""
    why_no_action: str = ""  # the refusal of each action that needs the parts

    @classmethod
    def of(cls, case: Case, events: list[Event], by: Account | None) -> "PartsCheck":
        """Compare the parts of ``case`` with ``events``, the result of ``fingerprints.events_with_parts``.

        Record a difference, and raise an alarm, the first time that it is found.
        """
        parts = fingerprints.replaced(case, events)
        if not parts:
            return cls(case, by)
        if missing := fingerprints.missing_keys(case, events):
            reason = _(
                "This report cannot be checked here, because the key file of the server that received it is missing"
                " (id %(ids)s). Ask the site administrator to copy node.public from that server into the key folder of"
                " this server, as node-NAME.public."
            ) % {"ids": ", ".join(missing)}
        else:
            _record_once(case, parts)
            reason = _(
                "The sealed data of this report do not match what was sent. Its content is not shown, because somebody "
                "may have replaced it. Tell the auditor and the site administrator."
            )
        return cls(case, by, reason, fingerprints.refusal_sentence(case, events))

    @property
    def explanation(self) -> str:
        """The sentences that say why the case is hidden, the last one what this person may still do; else ""."""
        labels = [str(label) for label in self.actions.values()] if self.reason else []
        still = _("What you can still do: %(actions)s.") % {"actions": ", ".join(labels)} if labels else ""
        return f"{self.reason} {still}".strip()

    @property
    def actions(self) -> dict[str, Text]:
        """The labels of the actions that this person may take now, by name."""
        return {name: row.label for name, row in self._allowed.items() if name not in self.barred}

    @property
    def barred(self) -> dict[str, Text]:
        """The labels of the actions that this person could take if no part had been replaced, by name."""
        using = [name for name, row in self._allowed.items() if row.sealed_parts == SealedParts.USED]
        return {name: self._allowed[name].label for name in using if self.reason}

    @cached_property
    def _allowed(self) -> dict[str, StaffAction]:
        return lifecycle.allowed(self.case, self.by) if self.by else {}


def _record_once(case: Case, parts: list[str]) -> None:
    alarm = RecordAlarm.objects.filter(kind=RecordAlarm.Kind.SEALED, case_id=case.pk)
    if alarm.exists():
        return
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=case.pk)
        if not alarm.exists():
            alarms.raise_alarm(RecordAlarm.Kind.SEALED, case.pk)
            audit.record(locked, "replaced", side=audit.SYSTEM, parts=parts)
