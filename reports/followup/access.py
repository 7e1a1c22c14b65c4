"""Access with a receipt code: the same text and timing for every code that does not open (docs/threat-model.md).

The length is checked before the slow hash; an unknown, wrong or erased reference costs the same work. After many
wrong codes, a code waits for a slower turn but is still checked: the right one is never refused. The code of a report
that was erased at its reporter's request only shows the date of the erasure.
"""

import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from safetycenter import limits, wording
from safetycenter.hints import View
from safetycenter.views import SeeOther

from ..cases import retention
from ..crypto import receipts, sealed_session
from ..crypto.sealed_session import ConflictError, OpenSession, set_time_left
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import ErasedError, Keyring
from ..crypto.vault.reporter_keys import Opener
from ..crypto.work_queue import WorkQueue
from ..models.addition import all_answers
from ..models.case import Case, State
from ..models.event import Event
from ..questions.wording import wording_of
from ..self_harm import detector
from ..views_common import page

log = logging.getLogger(__name__)
VISIT_KIND = "visit"
_DUMMY_SALT = receipts.new_salt()


@dataclass
class Visit:
    """One visit of a reporter: its session, its case, and the keys that the code opened."""

    session: OpenSession
    case: Case
    keyring: Keyring

    def locked_keyring(self) -> Keyring:
        """Return the current keys of the case, with its row locked: a restriction may have just renewed them.

        Must run in a transaction. Raises ConflictError when the code no longer opens the case.
        """
        case = Case.objects.for_update().filter(pk=self.case.pk).first()
        ring = _keyring(self.session, case) if case else None
        if ring is None:
            raise ConflictError
        return ring

    @property
    def began_at(self) -> datetime:
        """Return when this visit began, to find what is "new since your last visit"."""
        return datetime.fromisoformat(self.session.data["began"])


@dataclass(frozen=True)
class Certificate:
    """All that the old code of a withdrawn report still shows: its number and its time of erasure (H7)."""

    reference: str
    erased_at: datetime


@dataclass(frozen=True)
class Replaced:
    """All that a code shows which the last page of the form replaced: since when it opens nothing (H30)."""

    at: datetime


class Known(NamedTuple):
    """What checking a code needs of a case that has one."""

    pk: UUID
    salt: bytes
    operations: int
    memory: int
    verifier: bytes
    replaced: bytes | None


class TooManyError(Exception):
    """This code opens nothing, after many wrong codes from this address."""


class DamagedError(Exception):
    """The code is right, but the data that it should open was changed or damaged in the database."""


def enter(code: str, address: str) -> OpenSession | Certificate | Replaced | None:
    """Return a session for the case that ``code`` opens, what an erased or a replaced one still shows, or None.

    Raises TooManyError instead of returning None after many wrong codes, BusyError when no code could be
    checked, and DamagedError.
    """
    receipt = receipts.parse(code)
    known = _known(receipt)
    # Counted by what was typed, whether such a case exists or not, so that the limit reveals nothing.
    counts = [
        (limits.RECEIPT_TRY_ADDRESS, address),
        (limits.RECEIPT_TRY, f"{address} {receipt.reference if receipt else ''}"),
    ]
    suspected = any(limit.is_reached(key) for limit, key in counts)
    derived = _derive(receipt, known, receipts.SUSPECT_QUEUE if suspected else receipts.ENTRY_QUEUE)
    # The case is read only for its own code: to read it for a wrong one takes longer than to find nothing.
    is_right = known is not None and receipts.matches(derived, known.verifier)
    case = Case.objects.filter(pk=known.pk, secret_verifier=known.verifier).first() if known and is_right else None
    if case is None and known and (replaced := _replaced(known, derived)):
        return replaced
    if case is None:
        for limit, key in counts:
            limit.hit(key)
        if suspected:
            raise TooManyError
        return None
    if case.state == State.PURGED:
        return Certificate(case.display_reference, retention.erased_at(case))
    return _begin(case, _opener(case, derived.wrapping_key))


def _replaced(known: Known, derived: receipts.Derived) -> Replaced | None:
    """Return since when this code is replaced: the old secret has the salt of the new one, so it is hashed once."""
    if known.replaced is None or not receipts.matches(derived, known.replaced):
        return None
    at = Event.objects.filter(case=known.pk, action="new_code").order_by("number").values_list("at", flat=True).last()
    return Replaced(at) if at else None


def _opener(case: Case, wrapping_key: bytes) -> Opener:
    """Return the keys that the code opens, tried on those of ``case``. Raises DamagedError."""
    try:
        opener = Opener.open(case.pk, wrapping_key, case.reporter_opener)
        opener.unwrap(case.wrapped_for_reporter)
    except UnreadableError as error:
        log.error("a report cannot be opened with its correct code", extra={"facts": {"column": str(error)}})
        raise DamagedError from error
    return opener


def _begin(case: Case, opener: Opener) -> OpenSession:
    last, now = case.last_visit_at, timezone.now()
    Case.objects.filter(pk=case.pk).update(last_visit_at=now, may_lack_code=False)
    return OpenSession.of_case(
        case.pk,
        opener=packed(opener),
        kind=VISIT_KIND,
        secret=receipts.secret_fingerprint(case.secret_salt),
        began=now.isoformat(),
        last=last.isoformat() if last else None,
        opened=False,
        older=False,
        typed="",
        used=[],
    )


def with_visit(view: View) -> View:
    """Pass the view its visit. Without a visit, give back what was typed or redirect to the code form."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visit = current(request)
        if visit is None:
            return _expired(request) if request.POST.get("text") else SeeOther(reverse("reports:check"))
        visit.session.extend()
        set_time_left(request, visit.session)
        try:
            with wording.use_for(request, wording_in(visit)):
                return view(request, visit, *args, **kwargs)
        except ConflictError:  # another request of this browser was faster, for example after a double tap
            return SeeOther(reverse("reports:visit"))

    return wrapper


def wording_in(visit: Visit) -> wording.Wording:
    """Return the wording of the reporter; the ordinary one while somebody who found the code may read (H6)."""
    if visit.case.frozen_at:
        return wording.ORDINARY
    try:
        return wording_of(all_answers(visit.case, visit.keyring))
    except (ErasedError, UnreadableError, TypeError):
        return wording.ORDINARY


def current(request: HttpRequest) -> Visit | None:
    """Return the visit of this browser if its session is open, its case exists and its code is unchanged; else None."""
    session = sealed_session.from_request(request)
    return None if session is None or session.data.get("kind") != VISIT_KIND else visit_in(session)


def visit_in(session: OpenSession) -> Visit | None:
    """Return what ``session`` opens, a visit or a report that was just sent, if it still does; else None."""
    case = Case.objects.exclude(state=State.PURGED).filter(pk=session.case_id).first()
    if case is None or session.data["secret"] != receipts.secret_fingerprint(case.secret_salt):
        return None
    ring = _keyring(session, case)
    return Visit(session, case, ring) if ring else None


def packed(opener: Opener) -> str:
    """Return ``opener`` as bytes for the session. It still opens the case after the desk has renewed the keys."""
    return urlsafe_b64encode(opener.packed).decode()


def _keyring(session: OpenSession, case: Case) -> Keyring | None:
    """Return the current keys of ``case``; None when the contents of ``session`` no longer open it."""
    try:
        opener = Opener.unpack(case.pk, urlsafe_b64decode(session.data["opener"]))
        return case.keyring(opener.unwrap(case.wrapped_for_reporter))
    except (UnreadableError, TypeError):
        return None


def _expired(request: HttpRequest) -> HttpResponse:
    text = request.POST["text"]
    context = {"what": "visit", "typed": [text], "life": detector.is_mentioned(text)}
    return page(request, "intake/expired.html", status=410, **context)


def _known(receipt: receipts.Receipt) -> Known | None:
    if receipt is None:
        return None
    found = Case.objects.filter(reference=receipt.reference, secret_verifier__isnull=False)
    columns = ("pk", "secret_salt", "secret_operations", "secret_memory", "secret_verifier", "replaced_verifier")
    row = found.values_list(*columns).first()
    return Known(*row) if row else None


def _derive(receipt: receipts.Receipt, known: Known | None, turns: WorkQueue) -> receipts.Derived:
    secret = receipt.secret if receipt else "0" * receipts.SECRET_LENGTH
    if known is None:
        return receipts.derive(secret, _DUMMY_SALT, turns=turns)
    return receipts.derive(secret, known.salt, receipts.Cost(known.operations, known.memory), turns)
