"""The door of the return: one text and one timing for every code that does not open (docs/threat-model.md).

The length is looked at before the slow hash; an unknown, wrong or erased reference costs the same work. After many
wrong codes a code waits for a slower turn, and is looked at all the same: the right one is never refused. The code of
a report that was erased as its reporter asked opens nothing but the date of that.
"""

import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from safetycenter import limits
from safetycenter.hints import View
from safetycenter.views import SeeOther

from ..cases import retention
from ..crypto import receipts, sealed_session
from ..crypto.sealed_session import ConflictError, OpenSession, say_time_left
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import Keyring
from ..crypto.vault.reporter_keys import Opener
from ..models.case import Case, State
from ..self_harm import detector
from ..views_common import page

log = logging.getLogger(__name__)
VISIT = "visit"
_DUMMY_SALT = receipts.new_salt()


@dataclass
class Visit:
    """One return: its session, its case, and the keys that the code opened."""

    session: OpenSession
    case: Case
    keyring: Keyring

    def locked_keyring(self) -> Keyring:
        """The keys of the case as they are now, with its row locked: a restriction may just have renewed them.

        Must run in a transaction. Raises ConflictError when the code no longer opens the case.
        """
        case = Case.objects.for_update().filter(pk=self.case.pk).first()
        ring = _keyring(self.session, case) if case else None
        if ring is None:
            raise ConflictError
        return ring

    @property
    def began_at(self) -> datetime:
        """When this visit began, for "new since your last visit"."""
        return datetime.fromisoformat(self.session.data["began"])


@dataclass(frozen=True)
class Certificate:
    """All that the old code of a withdrawn report still shows: its number, and when it was erased (H7)."""

    reference: str
    erased_at: datetime


class TooManyError(Exception):
    """This code opens nothing, like many before it from here."""


class DamagedError(Exception):
    """The code is right, and what it should open was changed or damaged in the database."""


def enter(code: str, address: str) -> OpenSession | Certificate | None:
    """A session for the case that ``code`` opens, the certificate of an erased one, or None.

    Raises TooManyError instead of returning None after many wrong codes, receipts.BusyError when none could be looked
    at, and DamagedError.
    """
    receipt = receipts.parse(code)
    case = _case(receipt)
    # By what was typed, whether there is such a case or not, so that the limit tells nothing.
    counts = [
        (limits.RECEIPT_TRY_ADDRESS, address),
        (limits.RECEIPT_TRY, f"{address} {receipt.reference if receipt else ''}"),
    ]
    suspected = any(limit.is_reached(key) for limit, key in counts)
    derived = _derive(receipt, case, receipts.SUSPECTED if suspected else receipts.ENTERED)
    if case is None or not receipts.matches(derived, case.secret_verifier):
        for limit, key in counts:
            limit.hit(key)
        if suspected:
            raise TooManyError
        return None
    if case.state == State.PURGED:
        return Certificate(case.shown_reference, retention.erased_at(case))
    return _begin(case, _opener(case, derived.wrapping_key))


def _opener(case: Case, wrapping_key: bytes) -> Opener:
    """Return what the code opens, tried on the keys of ``case``. Raises DamagedError."""
    try:
        opener = Opener.open(case.pk, wrapping_key, case.reporter_opener)
        opener.unwrap(case.key_for_reporter)
    except UnreadableError as error:
        log.error("a report cannot be opened with its right code", extra={"facts": {"column": str(error)}})
        raise DamagedError from error
    return opener


def _begin(case: Case, opener: Opener) -> OpenSession:
    last, now = case.last_visit_at, timezone.now()
    Case.objects.filter(pk=case.pk).update(last_visit_at=now)
    return OpenSession.of_case(
        case.pk,
        opener=packed(opener),
        kind=VISIT,
        secret=mark_of(case.secret_salt),
        began=now.isoformat(),
        last=last.isoformat() if last else None,
        opened=False,
        older=False,
        typed="",
        used=[],
    )


def with_visit(view: View) -> View:
    """Hand the view its visit; without one, give back what was typed, or go back to the code."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visit = current(request)
        if visit is None:
            return _expired(request) if request.POST.get("text") else SeeOther(reverse("reports:check"))
        visit.session.extend()
        say_time_left(request, visit.session)
        try:
            return view(request, visit, *args, **kwargs)
        except ConflictError:  # another request of this browser was faster, a second tap for example
            return SeeOther(reverse("reports:visit"))

    return wrapper


def current(request: HttpRequest) -> Visit | None:
    """The visit of this browser, if its session is still open, the case still there and the code still the same."""
    session = sealed_session.from_request(request)
    if session is None or session.data.get("kind") != VISIT:
        return None
    case = Case.objects.exclude(state=State.PURGED).filter(pk=session.case_id).first()
    if case is None or session.data["secret"] != mark_of(case.secret_salt):
        return None
    ring = _keyring(session, case)
    return Visit(session, case, ring) if ring else None


def packed(opener: Opener) -> str:
    """``opener`` as a visit keeps it. It opens the case also after the desk has renewed the keys."""
    return urlsafe_b64encode(opener.packed).decode()


def _keyring(session: OpenSession, case: Case) -> Keyring | None:
    """The keys of ``case`` as it is now; None when what the visit holds no longer opens it."""
    try:
        return case.keyring(
            Opener.unpack(case.pk, urlsafe_b64decode(session.data["opener"])).unwrap(case.key_for_reporter)
        )
    except (UnreadableError, TypeError):
        return None


def mark_of(salt: bytes) -> str:
    """What tells one secret of a case from the next: a visit ends when the code that opened it was changed."""
    return sha256(salt).hexdigest()


def _expired(request: HttpRequest) -> HttpResponse:
    text = request.POST["text"]
    context = {"what": "visit", "typed": [text], "life": detector.is_mentioned(text)}
    return page(request, "intake/expired.html", status=410, **context)


def _case(receipt: receipts.Receipt) -> Case | None:
    if receipt is None:
        return None
    return Case.objects.filter(reference=receipt.reference, secret_verifier__isnull=False).first()


def _derive(receipt: receipts.Receipt, case: Case | None, turns: receipts.WorkQueue) -> receipts.Derived:
    secret = receipt.secret if receipt else "0" * receipts.SECRET_LENGTH
    if case is None:
        return receipts.derive(secret, _DUMMY_SALT, turns=turns)
    return receipts.derive(secret, case.secret_salt, case.secret_operations, case.secret_memory, turns)
