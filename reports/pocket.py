"""A sealed pocket on the server that only the reporter's cookie opens: it holds a draft, or a visit with the code.

The cookie carries the pocket's id and a random key; the row carries bytes that mean nothing without it. A stolen
database therefore shows that someone is writing, and nothing else. A pocket lives twenty minutes after its last use,
is left out of backups, and is made by POST only, so that a link in a chat cannot plant one.
"""

import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .vault.box import Unreadable, new_key, open_sealed, seal
from .vault.keyring import CONTACT, NARRATIVE, Keyring

IDLE = timedelta(minutes=20)


class Pocket(models.Model):
    """One browser's pocket. ``payload`` is sealed under the cookie's key; answers under the keys of the coming case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payload = models.BinaryField()
    answers = models.BinaryField(null=True)
    contact = models.BinaryField(null=True)
    wrapped = models.JSONField(default=dict)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.id)


class OpenPocket:
    """A pocket that its cookie has opened: the draft or visit of one request.

    ``facts`` is the small JSON payload (never the answers): the kind, the case, and the code until it is confirmed.
    """

    def __init__(self, row: Pocket, cookie_key: bytes, facts: dict, keyring: Keyring | None = None):
        self.row, self._cookie_key, self.facts = row, cookie_key, facts
        self.keyring = keyring

    @classmethod
    def make(cls, keyring: Keyring, **facts) -> "OpenPocket":
        """A new pocket for the case of ``keyring``; saved."""
        row = Pocket(expires_at=timezone.now() + IDLE)
        pocket = cls(row, new_key(), facts, keyring)
        pocket.save()
        return pocket

    @property
    def cookie(self) -> str:
        """What the browser keeps."""
        return f"{self.row.id.hex}.{urlsafe_b64encode(self._cookie_key).decode()}"

    def save(self) -> None:
        """Seal and store payload and wrapped keys, and start the twenty minutes anew."""
        payload = self.facts | {
            "case": str(self.keyring.case_id),
            "case_key": urlsafe_b64encode(self.keyring.case_key).decode(),
        }
        self.row.payload = seal(self._cookie_key, json.dumps(payload).encode(), self._place)
        self.row.wrapped = {name: urlsafe_b64encode(key).decode() for name, key in self.keyring.wrapped.items()}
        self.row.expires_at = timezone.now() + IDLE
        self.row.save()

    def touch(self) -> None:
        """Start the twenty minutes anew."""
        self.row.expires_at = timezone.now() + IDLE
        self.row.save(update_fields=["expires_at"])

    def read(self) -> dict:
        """The draft's answers, contact included."""
        return self._read(NARRATIVE, self.row.answers, "answers") | self._read(CONTACT, self.row.contact, "contact")

    def write(self, answers: dict, contact: dict) -> None:
        """Seal the draft where it will stay: submitting moves these bytes, nothing is sealed again."""
        self.row.answers = self.keyring.seal(NARRATIVE, "case", "answers", json.dumps(answers).encode())
        self.row.contact = (
            self.keyring.seal(CONTACT, "case", "contact", json.dumps(contact).encode()) if contact else None
        )
        self.save()

    def drop(self) -> None:
        """Throw the pocket away, with everything in it."""
        self.row.delete()

    def _read(self, name: str, sealed: bytes | None, field: str) -> dict:
        return json.loads(self.keyring.open(name, "case", field, sealed)) if sealed else {}

    @property
    def _place(self) -> str:
        return f"pocket:{self.row.id}"


def opened_by(cookie: str) -> OpenPocket | None:
    """The pocket that this cookie opens, if there is one and its time is not over."""
    try:
        identity, _dot, encoded = cookie.partition(".")
        cookie_key = urlsafe_b64decode(encoded)
        row = Pocket.objects.get(pk=uuid.UUID(identity), expires_at__gt=timezone.now())
        facts = json.loads(open_sealed(cookie_key, row.payload, f"pocket:{row.id}"))
    except (Pocket.DoesNotExist, Unreadable, NotBase64, ValueError):
        return None
    case_id, case_key = uuid.UUID(facts.pop("case")), urlsafe_b64decode(facts.pop("case_key"))
    wrapped = {name: urlsafe_b64decode(key) for name, key in row.wrapped.items()}
    return OpenPocket(row, cookie_key, facts, Keyring(case_id, case_key, wrapped))


def of(request) -> OpenPocket | None:
    """The pocket of this request's cookie."""
    cookie = request.COOKIES.get(settings.POCKET_COOKIE_NAME, "")
    return opened_by(cookie) if cookie else None


def give(response, pocket: OpenPocket):
    """Put the pocket's cookie on ``response``; gone with the browser window. Returns the response."""
    response.set_cookie(
        settings.POCKET_COOKIE_NAME,
        pocket.cookie,
        secure=settings.POCKET_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def take_back(response):
    """Remove the cookie. Returns the response."""
    response.delete_cookie(settings.POCKET_COOKIE_NAME, samesite="Strict")
    return response


def sweep() -> int:
    """Delete the pockets whose time is over; returns how many."""
    return Pocket.objects.filter(expires_at__lte=timezone.now()).delete()[0]
