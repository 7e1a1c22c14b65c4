"""A few packages for the invented agency: prepared, handed over and acknowledged, by the actions of staff themselves.

A package is signed and has a PDF, so thousands would take minutes. They are as few as the cases that somebody holds.
"""

from itertools import islice

from django.contrib.auth.models import User

from reports.cases.lifecycle import perform
from reports.models import Agency, Case, LegalBasis
from reports.models.state import State

from ..commands.demo_agency import KEY
from .stories import NOTES, THREADS

MOST = 12
ONE_IN = 50  # cases
FACTS = ("reference", "category", "platform")


def add(count: int, staff_of: dict[bool, list]) -> None:
    """Add packages to the ``count`` made-up cases, a third in each state; none without the agency of the demo."""
    if (agency := Agency.objects.filter(key=KEY).first()) is None:
        return
    held = Case.objects.filter(state=State.IN_PROGRESS, handler__isnull=False, referrals=None).select_related("handler")
    for number, case in enumerate(islice(held.order_by("pk"), min(MOST, count // ONE_IN))):
        second = next((person for person in staff_of[case.restricted] if person != case.handler), None)
        if second is not None:
            _pass_on(case, agency, second, steps=number % 3)


def _pass_on(case: Case, agency: Agency, second: User, steps: int) -> None:
    """Prepare a package that waits for ``second``; with more ``steps`` hand it over, and enter its receipt."""
    keys = [key for key in FACTS if key in agency.accepted_fields]
    handler, reason = case.handler, NOTES[case.language][1]
    perform(case, "prepare_referral", by=handler, agency=agency, basis=LegalBasis.VITAL, keys=keys, reason=reason)
    referral = case.referrals.get()
    if steps:
        perform(case, "approve_referral", by=second, referral=referral)
        perform(case, "send_referral", by=handler, referral=referral)
    if steps > 1:
        receipt, text = f"CONTOH-{case.reference}", THREADS[case.language][2]
        perform(case, "refer", by=handler, referral=referral, receipt=receipt, text=text)
