"""The door of the return: one text and one timing for every code that does not open (quality §4.11).

Limits and length come before the slow hash; an unknown, wrong or erased reference costs the same work.
"""

from dataclasses import dataclass
from functools import wraps

from django.urls import reverse
from django.utils import timezone

from safetycenter import limits
from safetycenter.views import SeeOther

from .. import pocket as pockets
from .. import receipts
from ..models.case import Case, State
from ..pocket import OpenPocket
from ..vault.box import open_sealed
from ..vault.keyring import Keyring

VISIT = "visit"
_DUMMY_SALT = receipts.new_salt()


@dataclass
class Visit:
    """One return: its pocket, its case, and the keys that the code opened."""

    pocket: OpenPocket
    case: Case
    keyring: Keyring

    @property
    def began_at(self):
        """When this visit began, for "new since your last visit"."""
        return timezone.datetime.fromisoformat(self.pocket.facts["began"])


class TooMany(Exception):
    """Too many codes were tried from here, or for this report."""


def enter(code: str, address: str) -> OpenPocket | None:
    """A pocket for the case that ``code`` opens, or None. Raises TooMany."""
    receipt = receipts.parse(code)
    if not limits.RECEIPT_TRY.hit(address):
        raise TooMany
    if receipt and not limits.RECEIPT_TRY_REFERENCE.hit(receipt.reference):
        raise TooMany
    case = _case(receipt)
    derived = _derive(receipt, case)
    if case is None or not receipts.matches(derived, case.secret_verifier):
        return None
    case_key = open_sealed(derived.wrapping_key, case.key_for_reporter, f"{case.id}:case:reporter")
    last = case.last_visit_at
    Case.objects.filter(pk=case.pk).update(last_visit_at=timezone.now())
    return OpenPocket.make(
        case.keyring(case_key),
        kind=VISIT,
        began=timezone.now().isoformat(),
        last=last.isoformat() if last else None,
        older=False,
    )


def with_visit(view):
    """Hand the view its visit; without one, back to the code."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        visit = current(request)
        if visit is None:
            return SeeOther(reverse("reports:check"))
        visit.pocket.touch()
        return view(request, visit, *args, **kwargs)

    return wrapper


def current(request) -> Visit | None:
    """The visit of this browser, if its pocket is still open and the case is still there."""
    pocket = pockets.of(request)
    if pocket is None or pocket.facts.get("kind") != VISIT:
        return None
    case = Case.objects.exclude(state=State.PURGED).filter(pk=pocket.keyring.case_id).first()
    return Visit(pocket, case, case.keyring(pocket.keyring.case_key)) if case else None


def _case(receipt) -> Case | None:
    if receipt is None:
        return None
    return Case.objects.filter(reference=receipt.reference, secret_verifier__isnull=False).first()


def _derive(receipt, case) -> receipts.Derived:
    secret = receipt.secret if receipt else "0" * receipts.SECRET_LENGTH
    if case is None:
        return receipts.derive(secret, _DUMMY_SALT)
    return receipts.derive(secret, case.secret_salt, case.secret_operations, case.secret_memory)
