"""A new code for the same report: requested as a precaution, or because somebody found the old one (H6, H30)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from safetycenter.views import SeeOther

from ..cases import lifecycle, reminders
from ..crypto import receipts
from ..crypto.vault.reporter_keys import Opener
from ..views_common import page
from .access import Visit, packed
from .visit_page import visit_page


def change_code(request: HttpRequest, visit: Visit, action: str) -> HttpResponse:
    """Do ``action`` ("new_code" or "freeze") with a new secret, and show the new code until it is written down.

    Only this visit continues: every other one, including that of a person who found the code, ends with the old
    secret. A double tap shows the code that the first request made.
    """
    is_done = "new" in visit.session.data and (action == "new_code" or visit.case.frozen_at)
    try:
        if not is_done:
            make(visit, action)
    except lifecycle.StaleError:
        pass
    except lifecycle.NotAllowed as refusal:
        return visit_page(request, visit, refusal=str(refusal))
    return SeeOther(reverse("reports:new_code"))


def new_code_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the new code until it is written down; before there is one, the button that makes it."""
    facts, case = visit.session.data, visit.case
    receipt = receipts.Receipt(case.reference, facts["new"]) if "new" in facts else None
    reminders_ended = facts.get("had_reminders", False)
    context = {"receipt": receipt, "case": case, "reminders_ended": reminders_ended}
    return page(request, "followup/new_code.html", "new_code", **context)


def make(visit: Visit, action: str, salt: bytes = b"") -> None:
    """Draw a new secret; keep it in the visit until written down. Raises StaleError, NotAllowed, ConflictError.

    ``salt``: that of the old secret, if that one shall say when it was replaced.
    """
    # Drawn and hashed before the transaction, because the hash is slow.
    receipt, salt = receipts.new_secret(visit.case.reference), salt or receipts.new_salt()
    details = {"derived": receipts.derive(receipt.secret, salt), "salt": salt, "case_key": visit.keyring.case_key}
    # No concurrent staff action may prevent hiding the case; saving the session detects a double tap.
    version = None if action == "freeze" else visit.case.version
    had_reminders = reminders.rows().filter(case=visit.case).exists()
    with transaction.atomic():
        changed = lifecycle.perform(visit.case, action, expected_version=version, **details)
        opener = Opener.open(changed.pk, details["derived"].wrapping_key, changed.reporter_opener)
        visit.session.data |= {
            "new": receipt.secret,
            "had_reminders": had_reminders,  # they end with the old code
            "secret": receipts.secret_fingerprint(salt),
            "opener": packed(opener),
        }
        visit.session.save()
