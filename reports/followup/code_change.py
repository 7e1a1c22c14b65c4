"""A new code for the same report."""

from django.db import transaction

from .. import lifecycle, receipts
from ..vault.reporter_keys import Opener
from .access import Visit, mark_of, packed


def change_code(visit: Visit) -> None:
    """Draw a new secret and keep it in the visit until it is written down. Raises Stale, NotAllowed or Moved."""
    # Drawn and hashed before the transaction: the hash is slow.
    receipt, salt = receipts.new_secret(visit.case.reference), receipts.new_salt()
    details = {"derived": receipts.derive(receipt.secret, salt), "salt": salt, "case_key": visit.keyring.case_key}
    with transaction.atomic():
        changed = lifecycle.perform(visit.case, "new_code", expected_version=visit.case.version, **details)
        opener = Opener.open(changed.pk, details["derived"].wrapping_key, changed.reporter_opener)
        visit.pocket.facts |= {"new": receipt.secret, "secret": mark_of(salt), "opener": packed(opener)}
        visit.pocket.save()
