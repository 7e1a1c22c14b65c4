"""Effects of actions that pass a case on to an agency, or decide otherwise (safety rules K1, K5, J4)."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...crypto.vault.box import KeyMissingError, UnreadableError
from ...crypto.vault.keyring import ErasedError, Keyring
from ...evidence import files
from ...models.addition import all_answers, sent_answers
from ...models.agency import Agency, LegalBasis
from ...models.case import Case
from ...models.referral import Referral
from ...models.state import ReferDecision
from ...referral import fields, package, time_to_refer
from ...referral.connectors import CONNECTORS, DeliveryError
from ...referral.structured import Others
from .. import known_files, linked, referral_guards
from . import clock, shared

UNFINISHED = (Referral.State.PREPARED, *referral_guards.HANDED_OVER)


def prepare(case: Case, by: User, agency: Agency, basis: str, keys: list[str], reason: str) -> dict:
    """Build and seal a package of the chosen facts for ``agency``, which a second person must then approve.

    ``reason``, for the basis, becomes a team note.

    Raises NotAllowed if the agency has not agreed in writing, or accepts neither the case, the basis nor a fact.
    """
    agency = _agreed(case, agency, basis, keys)
    if case.referrals.filter(agency=agency, state__in=UNFINISHED).exists():
        raise NotAllowed(_("There is already a package for this agency. Finish that one first."))
    referral = Referral(case=case, agency=agency, basis=basis, fields=keys, prepared_by=by)
    try:
        built = package.build(referral.id, agency, basis, keys, source_of(case, by))
    except KeyMissingError as error:
        raise NotAllowed(_("The key that signs packages is missing here. Tell the site administrator.")) from error
    referral.manifest_digest = built.manifest_digest
    referral.sealed_with(built.content).save(force_insert=True)
    shared.add_note(case, by, reason)
    return _facts(referral) | {"basis": basis, "fields": keys, "manifest": built.manifest_digest}


def approve(case: Case, by: User, referral: Referral) -> dict:
    """Approve a package that somebody else prepared: it may leave now."""
    referral = _of(case, referral)
    if not referral_guards.needs_approval(referral):
        raise NotAllowed(_("This package does not wait for approval."))
    if referral.prepared_by_id == by.pk:
        raise NotAllowed(_("A second person must approve this package, because you prepared it."))
    if referral.state == Referral.State.PREPARED:
        referral.state = Referral.State.APPROVED
    referral.approved_by, referral.approved_at = by, timezone.now()
    referral.save(update_fields=["state", "approved_by", "approved_at"])
    return _facts(referral)


def send(case: Case, by: User, referral: Referral) -> dict:
    """Hand the package over, or record that a person did. The agency has its time to acknowledge from now on."""
    referral = _ready(case, referral, referral_guards.TO_HAND_OVER)
    if not referral.agency.has_agreed:  # it may have ended since the package was prepared
        raise NotAllowed(_("This agency has no written agreement any more."))
    try:
        receipt = CONNECTORS[referral.agency.connector].deliver(referral)
    except DeliveryError as error:
        raise NotAllowed(str(error)) from error
    now = timezone.now()
    referral.state, referral.sent_at, referral.alarmed_at = Referral.State.SENT, now, None
    referral.acknowledge_by = now + timedelta(hours=referral.agency.hours_to_acknowledge)
    referral.attempts, referral.receipt = referral.attempts + 1, receipt
    referral.save(update_fields=["state", "sent_at", "alarmed_at", "acknowledge_by", "attempts", "receipt"])
    return _facts(referral) | {"attempts": referral.attempts}


def refer(
    case: Case, by: User, referral: Referral, receipt: str, text: str = "", visible_from: datetime | None = None
) -> dict:
    """Record the receipt of the agency: the case is passed on, and the reporter gets the message ``text``.

    They can read it from ``visible_from`` on, or at once.
    """
    referral = _ready(case, referral, referral_guards.HANDED_OVER)
    if not receipt.strip():
        raise NotAllowed(_("Enter the receipt number of the agency."))
    if not text and not case.unreachable:
        raise NotAllowed(_("Write to the reporter first: they read that the message says more."))
    now = timezone.now()
    referral.state, referral.acknowledged_at = Referral.State.ACKNOWLEDGED, now
    referral.sent_at, referral.attempts = referral.sent_at or now, max(referral.attempts, 1)
    referral.receipt = receipt.strip()
    referral.save(update_fields=["state", "acknowledged_at", "sent_at", "attempts", "receipt"])
    time_to_refer.decide(case, ReferDecision.REFERRED)
    if text:
        clock.record_answer(case, clock.reply_deadline(case, visible_from), visible_from)
        shared.add_message(case, by, text, case.staff_keyring(), visible_from=visible_from)
    return _facts(referral)


def record_failure(case: Case, by: User, referral: Referral, reason: str) -> dict:
    """Record that the package did not reach the agency. It can be handed over again; its deadline stays."""
    referral = _ready(case, referral, (Referral.State.SENT,))
    referral.state = Referral.State.FAILED
    referral.save(update_fields=["state"])
    return shared.add_reason(case, by, reason) | _facts(referral) | {"attempts": referral.attempts}


def not_to_refer(case: Case, by: User, reason: str) -> dict:
    """Decide that the case is not passed on. The reason is stored as a team note."""
    time_to_refer.decide(case, ReferDecision.NOT_REFERRED)
    return shared.add_reason(case, by, reason)


def give_sheet(
    case: Case,
    by: User,
    text: str,
    agency: Agency | None = None,
    with_facts: bool = False,
    visible_from: datetime | None = None,
) -> dict:
    """Send the self-report sheet ``text`` to the reporter, who can read it from ``visible_from`` on, or at once.

    ``with_facts``: it contains what they told us.
    """
    clock.record_answer(case, clock.next_deadline(case, visible_from), visible_from)
    shared.add_message(case, by, text, case.staff_keyring(), visible_from=visible_from)
    time_to_refer.decide(case, ReferDecision.SHEET)
    return {"agency": agency.key if agency else "", "with_facts": with_facts}


def alarm_late(case: Case, by: None) -> dict:
    """Record that the time to refer ended without a decision; the lead of the case sees it from now on."""
    case.refer_alarmed_at = timezone.now()
    return {}


def alarm_unacknowledged(case: Case, by: None) -> dict:
    """Record that an agency did not acknowledge a package in time."""
    late = case.referrals.filter(referral_guards.unacknowledged())
    ids = [str(referral_id) for referral_id in late.values_list("pk", flat=True)]
    late.update(alarmed_at=timezone.now())
    return {"referrals": ids}


def source_of(case: Case, by: User) -> fields.Source:
    """Return what the facts of a package are read from. Raises NotAllowed if the answers cannot be opened."""
    ring = case.staff_keyring()
    try:
        answers = all_answers(case, ring)
    except (ErasedError, UnreadableError, TypeError) as error:
        raise NotAllowed(_("The answers of this case cannot be opened.")) from error
    named = linked.named_the_same(case, by)
    others = Others.of(case.received_at, *named) if named else None
    by_letter = case.events.filter(action="entered", facts__came_by="letter").exists()
    return fields.Source(case, answers, tuple(_files(case, by, ring)), sent_answers(case, ring), others, by_letter)


def _files(case: Case, by: User, ring: Keyring) -> list[dict]:
    """Return the facts of each file that can be read, with whether a case that ``by`` may see has it too (H25)."""
    found = []
    items: Any = known_files.with_known(case.evidence.all(), by)
    for item in items:
        with suppress(ErasedError, UnreadableError):
            is_known = item.is_known if item.is_compared else None
            found.append(files.facts(item, ring) | {"is_known": is_known})
    return found


def _agreed(case: Case, given: Agency, basis: str, keys: list[str]) -> Agency:
    """Return the agency as it is now. Raises NotAllowed unless its agreement covers case, basis and facts."""
    agency = Agency.with_agreement(case.category_id).filter(pk=given.pk).first()
    if agency is None:
        raise NotAllowed(_("This agency has no written agreement for reports of this kind."))
    if basis not in agency.legal_bases:
        raise NotAllowed(_("This agency does not accept this legal basis."))
    if basis == LegalBasis.CONSENT and case.age_band != Case.AgeBand.ADULT:
        raise NotAllowed(_("Under 18, or if the age is not known, a yes is a wish. Choose another legal basis."))
    if not keys or not {*keys} <= {*agency.accepted_fields} & fields.REFERABLE.keys():
        raise NotAllowed(_("Choose facts that this agency accepts."))
    return agency


def _ready(case: Case, given: Referral, states: tuple) -> Referral:
    """Return the package as it is now. Raises NotAllowed unless it may leave and is in one of these states."""
    referral = _of(case, given)
    if referral.state not in states:
        raise NotAllowed(_("This is no longer possible: the status has changed in the meantime."))
    if referral_guards.needs_approval(referral):
        raise NotAllowed(_("A second person must approve the package first."))
    return referral


def _of(case: Case, given: Referral) -> Referral:
    # Read again under the lock of the case: the form read it before.
    referral = case.referrals.select_related("agency").filter(pk=given.pk).first()
    if referral is None:
        raise NotAllowed(_("This package does not belong to this case."))
    return referral


def _facts(referral: Referral) -> dict:
    return {"referral": str(referral.pk), "agency": referral.agency.key}
