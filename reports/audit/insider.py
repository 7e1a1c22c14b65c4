"""The insider alarm: who opened, searched or looked at unusually much, for the auditor; no case is named.

The limits are in ``settings.INSIDER_LIMITS``. How often normal work reaches them was simulated
(``tests/reports/triage/test_insider_simulation.py``); no real desk was measured.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter import mail
from safetycenter.roles import Account, users_with_permission
from safetycenter.transitions import NotAllowed

from ..cases.actions import names_where
from ..models.event import Event
from ..models.staff_event import InsiderAlarm, StaffEvent
from ..staffing import notices
from . import staff_log

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# A person works on a case who takes it, or who decides something that others see. A note or a mark hides no look.
DECIDED = (
    "agree_take_out",
    "approve_erasure",
    "approve_referral",
    "close",
    "destroy_files",
    "escalate",
    "hand_to_police",
    "lift_restriction",
    "lock",
    "quarantine",
    "refuse_take_out",
    "release_from_quarantine",
    "restrict",
    "revoke_take_out",
)
PAGES = ("viewed", "second_look")
OPENED = ("file_opened", "locked_file_taken")
Kind = InsiderAlarm.Kind


def watch() -> int:
    """Raise the alarms that are due and mail the auditors. Return the number of new alarms."""
    now = timezone.now()
    raised = [_raise(person, kind, number, now) for kind, found in _counts(now).items() for person, number in found]
    _mail_auditors()
    return sum(raised)


def unsettled() -> int:
    """Return how many alarms no auditor has looked into."""
    return InsiderAlarm.objects.filter(settled_at=None).count()


def settle(alarm: InsiderAlarm, by: Account, note: str) -> bool:
    """Mark ``alarm`` as looked into, with a note, and record it. Return False if somebody else was faster.

    Raises NotAllowed for the person whom the alarm is about.
    """
    if alarm.person_id == by.pk:
        raise NotAllowed(_("This alarm is about you. Another auditor looks into it."))
    still_open = InsiderAlarm.objects.filter(pk=alarm.pk, settled_at=None)
    if not still_open.update(settled_at=timezone.now(), settled_by=by, note=note):
        return False
    staff_log.record(by, "alarm_settled", alarm=alarm.pk)
    return True


def _counts(now: datetime) -> dict[str, list[tuple[int, int]]]:
    """Return, for each kind, the ids of the people at or above its limit, each with their number."""
    work = (*names_where(lambda row: row.assigns), *DECIDED)
    worked_on = Event.objects.filter(case=OuterRef("case"), by=OuterRef("by"), action__in=work)
    events = Event.objects.filter(by__isnull=False).order_by()
    foreign = events.filter(~Exists(worked_on), action="viewed", facts__own=False, at__range=(now - DAY, now))
    opened = events.filter(action__in=(*PAGES, *OPENED), at__range=(now - HOUR, now))
    searches = StaffEvent.objects.filter(action=staff_log.SEARCHED, at__range=(now - DAY, now)).order_by()
    looks = Count("case", distinct=True, filter=Q(action__in=PAGES))
    numbers = {
        Kind.NOT_THEIRS: foreign.values("by").annotate(n=Count("case", distinct=True)),
        Kind.BULK: opened.values("by").annotate(n=looks + Count("pk", filter=Q(action__in=OPENED))),
        Kind.SEARCHES: searches.values("by").annotate(n=Count("pk")),
    }
    return {
        kind: list(rows.filter(n__gte=settings.INSIDER_LIMITS[kind]).values_list("by", "n"))
        for kind, rows in numbers.items()
    }


def _raise(person: int, kind: str, number: int, now: datetime) -> bool:
    """Raise the alarm of this person and kind. Return whether auditors get a mail about it.

    Within a day, it is the same alarm. One that was looked into is raised again once its number has doubled.
    """
    same = InsiderAlarm.objects.filter(person=person, kind=kind, noticed_at__range=(now - DAY, now))
    if same.exists():
        same.filter(settled_at=None, number__lt=number).update(number=number)
        doubled = same.filter(settled_at__isnull=False, number__lte=number // 2)
        return bool(doubled.update(number=number, settled_at=None, mailed_at=None))
    values = {"number": number, "noticed_at": now}
    return InsiderAlarm.objects.get_or_create(
        person_id=person, kind=kind, day=timezone.localdate(now), defaults=values
    )[1]


def _mail_auditors() -> None:
    """Mail each auditor once for all new alarms: "somebody is waiting", without a name or a case."""
    new = InsiderAlarm.objects.filter(settled_at=None, mailed_at=None)
    people = users_with_permission("reports.read_audit").exclude(email="")
    addresses = list(people.values_list("email", flat=True)) if new.exists() else []
    if not addresses:
        return
    mail.require_server()
    accepted = [notices.send_page(address) for address in addresses]
    if any(accepted):
        new.update(mailed_at=timezone.now())
