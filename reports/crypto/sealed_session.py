"""A sealed session on the server that only the reporter's cookie opens: it holds a draft, or a visit with the code.

The cookie carries the session's id and a random key; the row carries bytes that mean nothing without it. A stolen
database therefore shows that someone is writing, and nothing else. A draft lives twenty minutes after its last
button, a visit after its last page, and both two hours at most (else a program could keep files in it for ever). It
is left out of backups, and is made by POST only, so that a link in a chat cannot plant one.
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

from .vault.box import UnreadableError, new_key, open_sealed, seal
from .vault.keyring import NARRATIVE, Keyring

IDLE = timedelta(minutes=20)
LIFETIME = timedelta(hours=2)
JUST_PRESSED = timedelta(minutes=1)
SAID_BEFORE_THE_END = timedelta(minutes=40)  # twice IDLE: whoever loses words to the lifetime has read of it


class SealedSession(models.Model):
    """One browser's session. ``payload`` is sealed under the cookie's key; answers under the keys of the coming
    case."""

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
    """Another request of this browser has changed or dropped the session meanwhile; nothing was overwritten."""


class OpenSession:
    """A session that its cookie has opened: the draft or visit of one request.

    ``data`` is the small JSON payload (never an answer): the kind, the case, words that were typed and not finished,
    and the code until it is confirmed.
    ``keyring`` is None in a visit, and in a session that has settled: what was sent can no longer be opened from it.
    """

    def __init__(self, row: SealedSession, cookie_key: bytes, data: dict, keyring: Keyring | None = None) -> None:
        self.row, self._cookie_key, self.data = row, cookie_key, data
        self.keyring = keyring
        self._is_stored = False

    @classmethod
    def make(cls, keyring: Keyring, **data: Any) -> "OpenSession":
        """A new session for the case of ``keyring``; saved."""
        session = cls(SealedSession(begun_at=timezone.now()), new_key(), data | {"case": str(keyring.case_id)}, keyring)
        session._seal(session._with_key())
        session.row.save(force_insert=True)
        return session

    @classmethod
    def of_case(cls, case_id: uuid.UUID, **data: Any) -> "OpenSession":
        """A new session about a case that exists, with data and without a keyring; saved."""
        session = cls(SealedSession(begun_at=timezone.now()), new_key(), data | {"case": str(case_id)})
        session._seal(session.data)
        session.row.save(force_insert=True)
        return session

    @property
    def case_id(self) -> uuid.UUID:
        """The case that this session is about; a draft's case does not exist yet."""
        return uuid.UUID(self.data["case"])

    @property
    def cookie(self) -> str:
        """What the browser keeps."""
        return f"{self.row.id.hex}.{urlsafe_b64encode(self._cookie_key).decode()}"

    def save(self) -> None:
        """Seal and store payload and wrapped keys, and start the twenty minutes anew. Raises ConflictError."""
        self._store(self._with_key())

    def finalize(self, **data: Any) -> None:
        """Keep these data and the id of the case, and no answer and no key any more; stored. Raises ConflictError."""
        self.data = data | {"case": self.data["case"]}
        self.row.answers, self.row.wrapped, self.row.begun_at = None, {}, timezone.now()
        self._store(self.data)

    def extend(self) -> None:
        """Start the twenty minutes again, unless saving did in this request. On a full disk they run on."""
        if self._is_stored:
            return
        self.row.expires_at = self.next_end
        with suppress(OperationalError):
            SealedSession.objects.filter(pk=self.row.pk).update(expires_at=self.row.expires_at)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One transaction in which no other request changes the session; data and keys are read anew.

        Raises ConflictError when the answers have changed since they were read, or the session is gone.
        """
        with transaction.atomic():
            row = SealedSession.objects.select_for_update().filter(pk=self.row.pk).first()
            if row is None or row.answers != self.row.answers:
                raise ConflictError
            self.row = row
            self.data, self.keyring = _unseal(row, self._cookie_key)
            yield

    def lock(self) -> None:
        """Make other requests and the sweep wait for this transaction, before it locks the files in the session."""
        SealedSession.objects.select_for_update().filter(pk=self.row.pk).first()

    def read(self) -> dict:
        """The draft's answers."""
        sealed = self.row.answers
        return json.loads(self.keyring.open(NARRATIVE, "case", "answers", sealed)) if sealed else {}

    def write(self, answers: dict) -> None:
        """Seal the draft where it will stay: submitting moves these bytes, nothing is sealed again. Raises
        ConflictError."""
        self.row.answers = self.keyring.seal(NARRATIVE, "case", "answers", json.dumps(answers).encode())
        self.save()

    def delete(self) -> None:
        """Throw the session away, with everything in it."""
        self.row.delete()

    def _with_key(self) -> dict:
        if self.keyring is None:
            return self.data
        self.row.wrapped = {name: urlsafe_b64encode(key).decode() for name, key in self.keyring.wrapped.items()}
        return self.data | {"case_key": urlsafe_b64encode(self.keyring.case_key).decode()}

    def _seal(self, payload: dict) -> None:
        self.row.payload = seal(self._cookie_key, json.dumps(payload).encode(), _place(self.row))
        self.row.expires_at = self.next_end

    @property
    def next_end(self) -> datetime:
        """When the session ends if a button is pressed now."""
        return min(timezone.now() + IDLE, self.row.begun_at + LIFETIME)

    @property
    def ends_soon_at(self) -> datetime | None:
        """When the two hours are over, if that is soon and no button makes it later; the page says so."""
        end = self.row.begun_at + LIFETIME
        return end if end - timezone.now() < SAID_BEFORE_THE_END else None

    def _store(self, payload: dict) -> None:
        # Every sealing differs, so the old payload is the version that this request has read.
        read = bytes(self.row.payload)
        self._seal(payload)
        values = {name: getattr(self.row, name) for name in ("payload", "answers", "wrapped", "begun_at", "expires_at")}
        if not SealedSession.objects.filter(pk=self.row.pk, payload=read).update(**values):
            raise ConflictError
        self._is_stored = True


def say_time_left(request: HttpRequest, session: OpenSession) -> None:
    """Put on ``request`` what reports/intake/_idle.html says of the time left; a POST starts the twenty minutes again.

    ``seconds_left``; ``minutes_left``, None right after a button was pressed; ``ends_soon_at``.
    """
    end = session.next_end if request.method == "POST" else session.row.expires_at
    request.seconds_left = max(0, int((end - timezone.now()).total_seconds()))
    is_fresh = request.seconds_left > (IDLE - JUST_PRESSED).total_seconds()
    request.minutes_left = None if is_fresh else request.seconds_left // 60
    request.ends_soon_at = session.ends_soon_at


def open_by_cookie(cookie: str) -> OpenSession | None:
    """The session that this cookie opens, if there is one and its time is not over."""
    try:
        identity, _dot, encoded = cookie.partition(".")
        cookie_key = urlsafe_b64decode(encoded)
        row = SealedSession.objects.get(pk=uuid.UUID(identity), expires_at__gt=timezone.now())
        return OpenSession(row, cookie_key, *_unseal(row, cookie_key))
    except (SealedSession.DoesNotExist, UnreadableError, NotBase64, ValueError):
        return None


def from_request(request: HttpRequest) -> OpenSession | None:
    """The session of this request's cookie."""
    cookie = request.COOKIES.get(settings.SEALED_SESSION_COOKIE_NAME, "")
    return open_by_cookie(cookie) if cookie else None


def set_cookie(response: HttpResponse, session: OpenSession) -> HttpResponse:
    """Put the session's cookie on ``response``; gone with the browser window. Returns the response."""
    response.set_cookie(
        settings.SEALED_SESSION_COOKIE_NAME,
        session.cookie,
        secure=settings.SEALED_SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def delete_cookie(response: HttpResponse) -> HttpResponse:
    """Remove the cookie. Returns the response."""
    response.delete_cookie(settings.SEALED_SESSION_COOKIE_NAME, samesite="Strict")
    return response


def delete_expired() -> int:
    """Delete the sessions whose time is over, with the files in them. Return the number of deleted rows.

    A report may be filed meanwhile. Its session then holds the code and lives on: rows that a request has locked are
    left for the next time, and the end is asked again before anything is deleted.
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
    data = json.loads(open_sealed(cookie_key, row.payload, _place(row)))
    if "case_key" not in data:
        return data, None
    wrapped = {name: urlsafe_b64decode(key) for name, key in row.wrapped.items()}
    return data, Keyring(uuid.UUID(data["case"]), urlsafe_b64decode(data.pop("case_key")), wrapped)


def _place(row: SealedSession) -> str:
    return f"session:{row.id}"
