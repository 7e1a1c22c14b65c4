"""Decide which files stay closed to everybody at the desk (safety rules H14, J1, K7), and keep the index for it.

An account in a case of child sexual abuse may also be named in an ordinary case. The gate index finds it under one key
for all cases, also for those that this person may not see. A report is unverified: until child safety has confirmed it,
it closes the files of another case only until child safety has reviewed that other case.
"""

import hmac
import logging
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from ..crypto import blind_index
from ..crypto.vault import keys
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..models.addition import all_answers
from ..models.blind_index import GateEntry
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.evidence import Evidence
from ..models.installation import Installation
from ..questions import uploads

log = logging.getLogger(__name__)
# Reasons for keeping a file closed. Only child safety reads these sentences; everybody else reads one
# sentence for all reasons.
CAUSES = {
    "locked": _("The case is locked: suspected child sexual abuse material."),
    "unknown": _("The answers of this case cannot be read, so it is not known what its files show."),
    "own": _("Files are never opened in a case of this kind."),
    "confirmed": _("A case that child safety has confirmed names the same account, link or number."),
    "unconfirmed": _(
        "An unconfirmed report of a child sexual matter names the same account, link or number. "
        "Look at this case and decide whether its files may be opened."
    ),
}
IS_STRICT = Q(restricted=True) | Q(files_forbidden=True)
IS_CONFIRMED = Q(case__child_confirmed_at__isnull=False) | Q(case__suspected_material_at__isnull=False)


def accounts_named(case: Case) -> str:
    """Return the accounts and links that the reporter named, for the blind indexes. See ``answers_to_index``."""
    return answers_to_index(case).get("account_or_link", "")


def answers_to_index(case: Case) -> dict:
    """Return all answers of the reporter, for the blind indexes and the region; empty if they were erased.

    Raises UnreadableError if the answers or their keys are damaged: what they name is then unknown, and a case
    indexed as naming nobody would open its files. Raises KeyMissingError at a desk without the key of this
    case; another desk has it.
    """
    try:
        return all_answers(case, case.staff_keyring())
    except ErasedError:
        return {}
    except TypeError as error:
        raise UnreadableError("answers") from error


def is_bound_key() -> bool:
    """Return whether the gate key of this node is the one with which the index was created. Called by ``/readyz``.

    With another key a desk would find none of the other desks' entries, and would open files that must stay closed. A
    node without the key cannot look anything up; that does not count as a wrong key.
    """
    here = Installation.objects.first()
    if here is None or here.gate_check is None:
        return True
    try:
        return hmac.compare_digest(bytes(here.gate_check), _check_value(here.uid))
    except keys.KeyMissingError:
        return True


def _check_value(installation: UUID) -> bytes:
    return blind_index.digest(keys.gate_key(), "installation", str(installation))


def bind_gate_key() -> bytes:
    """Return the gate key; the first desk that calls this determines which key it is.

    Raises KeyMissingError if the key of this node is another one.
    """
    key, value = keys.gate_key(), _check_value(Installation.current())
    Installation.objects.filter(gate_check=None).update(gate_check=value)
    if not is_bound_key():
        log.error(
            "the gate key belongs to another installation", extra={"facts": {"documentation": "deploy/README.md"}}
        )
        raise keys.KeyMissingError("gate")
    return key


def index(case: Case, text: str) -> None:
    """Create the gate entries of ``case`` from ``text``, which names accounts and links. Raises KeyMissingError."""
    key, strict = bind_gate_key(), case.restricted or case.files_forbidden
    found = blind_index.gate_identifiers_in(text)
    entries = [
        GateEntry(case=case, digest=blind_index.digest(key, kind, value), strict=strict) for kind, value in found
    ]
    GateEntry.objects.bulk_create(entries, ignore_conflicts=True)
    if strict:
        case.gate_entries.update(strict=True)


def closing_cause(case: Case, answers: dict, item: Evidence, linked: str) -> str:
    """Return the key of CAUSES that keeps ``item`` closed, or "" if it may be opened. ``linked``
    is the result of ``link_status``.

    A review by child safety opens the files that existed at that time, not those added later.
    """
    if case.suspected_material_at:
        return "locked"
    if not answers:
        return "unknown"
    if uploads(answers, case.files_forbidden) == "none":
        return "own"
    if linked == "unconfirmed" and case.files_reviewed_at and item.added_at <= case.files_reviewed_at:
        return ""
    return linked


def link_status(case: Case) -> str:
    """Return "confirmed" or "unconfirmed" if a strict gate entry of another case matches ``case``, else "".

    A case that was read ``with_links`` brings the answer along.
    """
    if hasattr(case, "file_links"):
        return case.file_links
    return with_links(Case.objects.filter(pk=case.pk)).values_list("file_links", flat=True).first() or ""


def with_links(cases: CaseQuerySet) -> CaseQuerySet:
    """Return ``cases``, each with the result of ``link_status`` as ``file_links``.

    Both questions begin with the entries of the case. As a condition on all entries, PostgreSQL plans to read them all
    when a few accounts are named in most reports; a subquery for one value cannot be planned so.
    """
    others = GateEntry.objects.filter(digest=OuterRef("digest"), strict=True).exclude(case=OuterRef("case"))
    confirmed = When(_has_entry_with(others.filter(IS_CONFIRMED)), then=Value("confirmed"))
    unconfirmed = When(_has_entry_with(others), then=Value("unconfirmed"))
    return cases.annotate(file_links=Choose(confirmed, unconfirmed, default=Value("")))


def _has_entry_with(others: QuerySet[GateEntry]) -> Exists:
    """Return the condition that one of ``others`` has the same digest as an entry of the case."""
    first = Subquery(others.order_by("case_id").values("pk")[:1])
    return Exists(GateEntry.objects.filter(case=OuterRef("pk")).annotate(first=first).filter(first__isnull=False))
