"""A calculation for the browser that sends a report while programs flood the form: a proof of work.

The form of ALTCHA's first protocol: the browser looks for the number below ``MOST`` whose SHA-256 with the salt is the
challenge. Nothing is stored: the number is an HMAC of the draft and the end in the salt, so that the answer holds for
this draft only, which becomes one report (docs/decisions/proof-of-work.md).
"""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from ..deadlines import idle_timeout
from .draft import Draft

MOST = 100_000  # hashes at most: below 3 seconds in a browser that is twelve times as slow as a laptop


@dataclass(frozen=True)
class Puzzle:
    """What the page gives to its script."""

    salt: str
    challenge: str
    most: int = MOST


def make(draft: Draft) -> Puzzle:
    """Return the puzzle of this draft. It lasts as long as a page of the form."""
    ends = int((timezone.now() + idle_timeout()).timestamp())
    salt = f"{ends}.{draft.form_token}."
    challenge = sha256(f"{salt}{_number(draft, ends, settings.SECRET_KEY)}".encode()).hexdigest()
    return Puzzle(salt, challenge)


def is_solved(draft: Draft, answer: str) -> bool:
    """Return whether ``answer``, the end and the number with a dot between, solves a puzzle of this draft in time."""
    end, _dot, number = answer.partition(".")
    if not end.isdecimal() or len(end) > len("9999999999"):
        return False
    now = timezone.now()
    if not now.timestamp() < int(end) <= (now + idle_timeout()).timestamp():
        return False
    # A page that was made before SECRET_KEY was changed may be sent afterwards.
    known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(number, str(_number(draft, int(end), key))) for key in known)


def _number(draft: Draft, ends: int, key: str) -> int:
    mac = salted_hmac("reports.intake.puzzle", f"{draft.session.row.id}:{ends}", key, algorithm="sha256").digest()
    return int.from_bytes(mac, "big") % MOST
