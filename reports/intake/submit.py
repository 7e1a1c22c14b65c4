"""The last step: a draft becomes a case. Its sealed parts are moved; nothing is sealed again."""

from base64 import urlsafe_b64encode
from dataclasses import asdict
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from safetycenter import limits

from .. import priority
from ..cases import audit, fingerprints
from ..cases.case_effects import attach_files
from ..cases.case_effects.clock import RISK_WORDS
from ..crypto import receipts
from ..crypto.vault import keys
from ..crypto.vault.reporter_keys import Opener, columns
from ..deadlines import queue_key
from ..evidence import files
from ..models.case import Case, State
from ..models.category import Category
from ..models.data_key import DataKey
from ..models.watch import Notice
from ..questions.core import said_own_life_at_risk
from ..questions.wording import wording_of
from ..referral import time_to_refer
from ..routing.rules import route_new
from ..staffing.hours import Roster
from ..statistics import counting
from . import help_pages, more, recommendations
from .draft import CODE, Draft

QUARANTINE_TIER = 2  # a report that was set aside is read within a day like a P2 case, or sooner (H19)
MIN_HUMAN_SECONDS = 6  # seconds from the first page to the last; a faster report is set aside


def submit(draft: Draft, suspicious: bool = False, network: str = "", by_staff: bool = False) -> None:
    """File the case and put its receipt code into the session. Sending the same draft twice makes one case.

    ``by_staff``: they entered it and give the code to the reporter themselves.

    ``network`` is the sender's network; many urgent cases from one network are marked as a burst. It is not stored.
    Raises KeyMissingError when this node cannot seal for the desk; then nothing is kept. Raises ConflictError when the
    draft was changed in the meantime; then nothing is filed.
    """
    for item in draft.forbidden_files:
        files.remove(item)
    receipt, salt = receipts.issue(), receipts.new_salt()
    derived = receipts.derive(receipt.secret, salt)  # slow, so before the transaction
    first_help = _help_in_words(draft)
    later = more.prepare(draft, salt)
    case = _case(draft, receipt, derived, salt, suspicious)
    routed = route_new(case)  # before the transaction, which no rule may break
    time_to_refer.start(case, case.received_at)
    case.burst, case.may_lack_code = _burst(case.tier, network), not by_staff
    opener = Opener.open(case.pk, derived.wrapping_key, case.reporter_opener)
    try:
        with transaction.atomic():
            draft.session.lock()  # the sweep locks in the same order: first the session, then its files
            _store(case, draft, routed)
            help_after = recommendations.help_for(case.category, draft.answers, draft.session.data["shown"])
            shown = {"reference": receipt.reference, "secret": receipt.secret, "help": help_after}
            shown["opener"] = urlsafe_b64encode(opener.packed).decode()  # the last page may make a new code
            shown["wording"] = asdict(wording_of(draft.answers))
            shown |= {"first_help": first_help} if first_help else {}
            draft.session.finalize(kind=CODE, **shown, **{more.MORE: later})
    except IntegrityError:
        if not Case.objects.filter(pk=case.pk).exists():
            raise
        # A double tap: the transaction of the faster request has put the code into the session.


def _help_in_words(draft: Draft) -> str | None:
    """Return the name of the help page for what the words of the last page say, shown before the code (H5, H28)."""
    shown = draft.session.data["shown"]
    due = help_pages.all_due(draft.answers, draft.keys_before(draft.check_number), shown)
    name = next((name for name in due if name in help_pages.IN_WORDS), None)
    draft.session.data["shown"] = [*shown, name] if name else shown
    return name


def has_signs_of_a_program(draft: Draft, honeypot: str) -> bool:
    """Return whether a program seems to have filled in the form. Such a report is set aside, never dropped (H19)."""
    seconds = timezone.now().timestamp() - draft.session.data["started"]
    return bool(honeypot) or seconds < MIN_HUMAN_SECONDS


def may_be_set_aside(answers: dict) -> bool:
    """Return whether a report with these answers may wait in quarantine: never P0, P1 or a minor's (H19)."""
    return _tier(answers) > 1 and not priority.is_minor(answers)


def _burst(tier: int, network: str) -> UUID | None:
    """Return the id of the burst of this network, or None. Do not call it in a transaction that may be rolled back."""
    if not network:
        return None
    if tier == 0:
        limits.P0_BURST.hit(network)
    return limits.P0_BURST.token(network)


def _case(draft: Draft, receipt: receipts.Receipt, derived: receipts.Derived, salt: bytes, suspicious: bool) -> Case:
    answers, ring, now = draft.answers, draft.session.keyring, timezone.now()
    withheld = answers.get("staff_conflict") == "yes"
    restricted = priority.is_restricted(answers)
    tier = _tier(answers)
    audience = keys.CHILD_SAFETY if restricted or withheld else keys.DESK
    wrapped = keys.wrap_for(audience, ring.case_key)
    set_aside = suspicious and may_be_set_aside(answers)
    due_at = Roster.now().promise(min(tier, QUARANTINE_TIER) if set_aside else tier, now)
    category = Category.of(answers)
    return Case(
        id=ring.case_id,
        reference=receipt.reference,
        category=category,
        files_forbidden=draft.files_forbidden,
        platform=answers.get("platform", ""),
        language=draft.session.data["language"],
        age_band=priority.age_band(answers),
        tier=tier,
        tier_rules=_tier_rules(answers, tier),
        score=priority.score(answers),
        reasons=priority.reasons(answers),
        risk_flag="risk" in answers or said_own_life_at_risk(answers),
        restricted=restricted,
        withheld=withheld,
        state=State.QUARANTINED if set_aside else State.RECEIVED,
        received_at=now,
        due_at=due_at,
        next_action_at=due_at,
        queue_key_at=queue_key(tier, due_at, priority.score(answers), overdue=False),
        answers=draft.session.row.answers,
        staff_audience=audience,
        key_for_staff=wrapped.value,
        staff_key_id=wrapped.key_id,
        **columns(Opener.new(ring.case_id), ring.case_key, derived.wrapping_key),
        secret_salt=salt,
        secret_verifier=derived.verifier,
        secret_operations=receipts.cost().operations,
        secret_memory=receipts.cost().memory,
    )


def _tier(answers: dict) -> int:
    # A risk mentioned in words counts as an answer that can only raise the priority (H5).
    return 0 if "risk" in answers else priority.tier(answers)


def _tier_rules(answers: dict, tier: int) -> list[str]:
    said = [RISK_WORDS] if "risk" in answers else []
    return said + (priority.tier_rules(answers) if priority.tier(answers) == tier else [])


def _store(case: Case, draft: Draft, routed: dict) -> None:
    case.save(force_insert=True)
    wrapped = draft.session.keyring.wrapped
    DataKey.objects.bulk_create(
        DataKey.of(case, name, key) for name, key in wrapped.items() if not name.startswith("file:")
    )
    attach_files(case, draft.files, draft.session.keyring)
    facts = fingerprints.changed_since({}, case)
    facts |= {"state": case.state} | audit.risk_facts(case) | routed
    facts |= counting.count(None, case, "submitted", facts)
    event = audit.record(case, "submitted", side=audit.REPORTER, **facts)
    if case.tier == 0:
        Notice.objects.create(event=event)
