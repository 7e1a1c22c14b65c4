"""A case whose sealed parts are not those that were sent: the desk shows nothing of it, records that and alarms."""

from django.db import transaction
from django.utils.translation import gettext as _

from .. import audit, fingerprints
from ..models.case import Case
from ..models.record import RecordAlarm
from ..verification import alarms


def refusal(case: Case) -> str:
    """The sentence that says why nothing of ``case`` is shown; empty when its parts are those in its record."""
    parts = fingerprints.replaced(case)
    if not parts:
        return ""
    _record_once(case, parts)
    return _(
        "The sealed parts of this report are not those that were sent. Nothing of it is shown, because somebody may"
        " have put in another story. Tell the auditor and whoever runs the site."
    )


def _record_once(case: Case, parts: list[str]) -> None:
    with transaction.atomic():
        locked = Case.objects.locked().get(pk=case.pk)
        if RecordAlarm.objects.filter(kind=RecordAlarm.Kind.SEALED, case_id=case.pk).exists():
            return
        alarms.notice(RecordAlarm.Kind.SEALED, case.pk)
        audit.record(locked, "replaced", side=audit.SYSTEM, parts=parts)
