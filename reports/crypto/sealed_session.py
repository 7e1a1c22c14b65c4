"""Keep a draft, or a visit with the code, in a server-side session that only the reporter's cookie can open.

The cookie contains the id of the session and a random key; the row contains only bytes sealed under that key. A stolen
database therefore reveals that somebody is writing, and nothing else. A draft expires DRAFT_MINUTES after the last
button press, a visit DRAFT_MINUTES after the last page, and both after DRAFT_HOURS at most (otherwise a program could
store files in them indefinitely). Sessions are excluded from backups. They are created by POST only, so that a link in
a chat cannot plant one.
"""

import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from safetycenter.published_limits import end_warning_minutes

from ..deadlines import idle_timeout, max_lifetime
from .vault.box import UnreadableError, new_key, open_sealed, seal
from .vault.key_ids import Wrapped
from .vault.keyring import NARRATIVE, Keyring

EXTEND_INTERVAL = timedelta(minutes=1)


class SealedSession(models.Model):
    """One browser's session: ``payload`` is sealed under the cookie's key, answers under keys of the future case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payload = models.BinaryField()
    answers = models.BinaryField(null=True)
    wrapped = models.JSONField(default=dict)
    begun_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)


class ConflictError(Exception):
    """Raised when another request of this browser has changed or deleted the session; nothing was overwritten."""


class OpenSession:
    """A session opened with its cookie: the draft or visit of one request.

    ``data`` is the small JSON payload (never an answer): the kind, the case, text that was typed and not finished, and
    the code until it is confirmed. ``keyring`` is None in a visit and after ``finalize``: submitted answers can no
    longer be opened from the session.
    """

    def __init__(self, row: SealedSession, cookie_key: bytes, data: dict, keyring: Keyring | None = None) -> None:
        self.row, self._cookie_key, self.data = row, cookie_key, data
        self.keyring = keyring
        self._is_stored = False

    @classmethod
    def make(cls, keyring: Keyring, **data: Any) -> "OpenSession":
        """Create, save and return a session for the future case of ``keyring``."""
        session = cls(SealedSession(begun_at=timezone.now()), new_key(), data | {"case": str(keyring.case_id)}, keyring)
        session._seal(session._with_key())
        session.row.save(force_insert=True)
        return session

    @classmethod
    def of_case(cls, case_id: uuid.UUID, **data: Any) -> "OpenSession":
        """Create, save and return a session about an existing case, with ``data`` and without a keyring."""
        session = cls(SealedSession(begun_at=timezone.now()), new_key(), data | {"case": str(case_id)})
        session._seal(session.data)
        session.row.save(force_insert=True)
        return session

    @property
    def case_id(self) -> uuid.UUID:
        """The id of the case that this session is about; the case of a draft does not exist yet."""
        return uuid.UUID(self.data["case"])

    @property
    def cookie(self) -> str:
        """The value of the browser's cookie."""
        return f"{self.row.id.hex}.{urlsafe_b64encode(self._cookie_key).decode()}"

    def save(self) -> None:
        """Seal and store payload and wrapped keys, and restart the time. Raises ConflictError."""
        self._store(self._with_key())

    def finalize(self, **data: Any) -> None:
        """Keep only ``data`` and the id of the case, no answers and no keys; saved. Raises ConflictError."""
        self.data = data | {"case": self.data["case"]}
        self.row.answers, self.row.wrapped, self.row.begun_at = None, {}, timezone.now()
        self._store(self.data)

    def extend(self) -> None:
        """Restart the time unless ``save`` did so in this request, or the disk is full."""
        if self._is_stored:
            return
        self.row.expires_at = self.next_end
        with suppress(OperationalError):
            SealedSession.objects.filter(pk=self.row.pk).update(expires_at=self.row.expires_at)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Run the body in one transaction with the row locked, after reading data and keys again.

        Raises ConflictError when the answers have changed since they were read, or the session has been deleted.
        """
        with transaction.atomic():
            row = SealedSession.objects.select_for_update().filter(pk=self.row.pk).first()
            if row is None or row.answers != self.row.answers:
                raise ConflictError
            self.row = row
            self.data, self.keyring = _unseal(row, self._cookie_key)
            yield

    def lock(self) -> None:
        """Lock the row, so that other requests and the sweep wait; call it before locking the session's files."""
        SealedSession.objects.select_for_update().filter(pk=self.row.pk).first()

    def read(self) -> dict:
        """Return the answers of the draft."""
        sealed = self.row.answers
        return json.loads(self.keyring.open(NARRATIVE, "case", "answers", sealed)) if sealed else {}

    def write(self, answers: dict) -> None:
        """Seal and store the answers; submitting moves these bytes and seals nothing again. Raises ConflictError."""
        self.row.answers = self.keyring.seal(NARRATIVE, "case", "answers", json.dumps(answers).encode())
        self.save()

    def delete(self) -> None:
        """Delete the session and everything in it."""
        self.row.delete()

    def _with_key(self) -> dict:
        if self.keyring is None:
            return self.data
        wraps = self.keyring.wrapped.items()
        self.row.wrapped = {name: [wrap.key_id, urlsafe_b64encode(wrap.value).decode()] for name, wrap in wraps}
        return self.data | {"case_key": urlsafe_b64encode(self.keyring.case_key).decode()}

    def _seal(self, payload: dict) -> None:
        self.row.payload = seal(self._cookie_key, json.dumps(payload).encode(), _context(self.row))
        self.row.expires_at = self.next_end

    @property
    def next_end(self) -> datetime:
        """Return when the session would end if a button were pressed now."""
        return min(timezone.now() + idle_timeout(), self.row.begun_at + max_lifetime())

    @property
    def ends_soon_at(self) -> datetime | None:
        """The end that no button extends if it is near (``end_warning_minutes``), else None; pages announce it."""
        end = self.row.begun_at + max_lifetime()
        return end if end - timezone.now() < timedelta(minutes=end_warning_minutes()) else None

    def _store(self, payload: dict) -> None:
        # Every sealing produces different bytes, so the old payload identifies the version that this request has read.
        read = bytes(self.row.payload)
        self._seal(payload)
        values = {name: getattr(self.row, name) for name in ("payload", "answers", "wrapped", "begun_at", "expires_at")}
        if not SealedSession.objects.filter(pk=self.row.pk, payload=read).update(**values):
            raise ConflictError
        self._is_stored = True


def set_time_left(request: HttpRequest, session: OpenSession) -> None:
    """Set on ``request`` the values that reports/intake/_time_left.html displays; a POST restarts the time.

    They are ``seconds_left``, ``minutes_left`` (None right after a button press) and ``ends_soon_at``.
    """
    end = session.next_end if request.method == "POST" else session.row.expires_at
    request.seconds_left = max(0, int((end - timezone.now()).total_seconds()))
    is_fresh = request.seconds_left > (idle_timeout() - EXTEND_INTERVAL).total_seconds()
    request.minutes_left = None if is_fresh else request.seconds_left // 60
    request.ends_soon_at = session.ends_soon_at


def open_by_cookie(cookie: str) -> OpenSession | None:
    """Return the session that this cookie opens, or None if there is none or it has expired."""
    try:
        identity, _dot, encoded = cookie.partition(".")
        cookie_key = urlsafe_b64decode(encoded)
        row = SealedSession.objects.get(pk=uuid.UUID(identity), expires_at__gt=timezone.now())
        return OpenSession(row, cookie_key, *_unseal(row, cookie_key))
    except (SealedSession.DoesNotExist, UnreadableError, NotBase64, ValueError):
        return None


def from_request(request: HttpRequest) -> OpenSession | None:
    """Return the session of this request's cookie, or None."""
    cookie = request.COOKIES.get(settings.SEALED_SESSION_COOKIE_NAME, "")
    return open_by_cookie(cookie) if cookie else None


def set_cookie(response: HttpResponse, session: OpenSession) -> HttpResponse:
    """Set the session's cookie on ``response``, until the browser is closed. Return the response."""
    response.set_cookie(
        settings.SEALED_SESSION_COOKIE_NAME,
        session.cookie,
        secure=settings.SEALED_SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def delete_cookie(response: HttpResponse) -> HttpResponse:
    """Delete the session's cookie. Return the response."""
    response.delete_cookie(settings.SEALED_SESSION_COOKIE_NAME, samesite="Strict")
    return response


def delete_expired() -> int:
    """Delete expired sessions and the files in them. Return the number of deleted rows.

    A report may be submitted at the same time; its session then holds the code and its lifetime is extended. Rows that
    a request has locked are therefore skipped until the next run, and expiry is checked again before deletion.
    """
    now = timezone.now()
    with transaction.atomic():
        skips = connection.features.has_select_for_update_skip_locked
        ended = SealedSession.objects.filter(expires_at__lte=now)
        found = list(ended.select_for_update(skip_locked=skips).values_list("pk", flat=True))
        still = set(ended.filter(pk__in=found).values_list("pk", flat=True))
        files = apps.get_model("reports", "Evidence").objects
        files.filter(session__in=still).exclude(case=None).update(session=None)
        return files.filter(session__in=still).delete()[0] + ended.filter(pk__in=still).delete()[0]


def _unseal(row: SealedSession, cookie_key: bytes) -> tuple[dict, Keyring | None]:
    data = json.loads(open_sealed(cookie_key, row.payload, _context(row)))
    if "case_key" not in data:
        return data, None
    wrapped = {name: Wrapped(key_id, urlsafe_b64decode(value)) for name, (key_id, value) in row.wrapped.items()}
    return data, Keyring(uuid.UUID(data["case"]), urlsafe_b64decode(data.pop("case_key")), wrapped)


def _context(row: SealedSession) -> str:
    return f"session:{row.id}"
