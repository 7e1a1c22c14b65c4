"""Pages to a program of the person on call, signed so that it can tell ours from others'.

The signature covers the time and the body. A receiver refuses what is older than five minutes, and what it has had.
"""

import hashlib
import hmac
import json
import secrets
import time
from datetime import UTC

from safetycenter.outbound import Letter

from .message import Message

TIME, SIGNATURE = "X-Timestamp", "X-Signature"


def new_secret() -> str:
    """Return a random secret of 256 bits, shown once."""
    return secrets.token_urlsafe(32)


def letter(where: dict[str, str], message: Message) -> Letter:
    """Return what is posted to ``where["url"]``, signed with ``where["secret"]``."""
    said = {"text": message.in_one_line, "time": message.at.astimezone(UTC).isoformat(timespec="seconds")}
    body, now = json.dumps(said).encode(), str(int(time.time()))
    headers = {"Content-Type": "application/json", TIME: now, SIGNATURE: signature(where["secret"], now, body)}
    return Letter(where["url"], headers, body)


def signature(secret: str, at: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of ``at``, a full stop and ``body``, in hexadecimal digits."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
