"""Cases whose sealed parts are not the ones that were sent: the desk hides them, records that and raises an alarm."""

from django.db import transaction
from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ..cases import audit, fingerprints, lifecycle
from ..cases.verification import alarms
from ..models.case import Case
from ..models.record import RecordAlarm


def refusal(case: Case, by: Account | None = None) -> str:
    """Return the sentences that say why ``case`` is hidden; empty when its parts match its record.

    The last sentence names what ``by`` may still do.
    """
    parts = fingerprints.replaced(case)
    if not parts:
        return ""
    if missing := fingerprints.missing_keys(case):
        why = _(
            "This report cannot be checked here, because the key file of the server that received it is missing"
            " (id %(ids)s). Ask the site administrator to copy node.public from that server into the key folder of"
            " this server, as node-NAME.public."
        ) % {"ids": ", ".join(missing)}
    else:
        _record_once(case, parts)
        why = _(
            "The sealed data of this report do not match what was sent. Its content is not shown, because somebody "
            "may have replaced it. Tell the auditor and the site administrator."
        )
    return f"{why} {_still_possible(case, by)}".strip()


def _still_possible(case: Case, by: Account) -> str:
    possible = fingerprints.WITHOUT_PARTS + fingerprints.MOVING
    rows = lifecycle.allowed(case, by) if by else {}
    labels = [str(row.label) for name, row in rows.items() if name in possible]
    return _("What you can still do: %(actions)s.") % {"actions": ", ".join(labels)} if labels else ""


def _record_once(case: Case, parts: list[str]) -> None:
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=case.pk)
        if RecordAlarm.objects.filter(kind=RecordAlarm.Kind.SEALED, case_id=case.pk).exists():
            return
        alarms.notice(RecordAlarm.Kind.SEALED, case.pk)
        audit.record(locked, "replaced", side=audit.SYSTEM, parts=parts)
