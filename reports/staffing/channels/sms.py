"""Pages as SMS, through a gateway that takes an HTTPS POST. The operator sets its address, field names and password."""

import hashlib
import json
from urllib.parse import urlencode

from django.conf import settings

from safetycenter.outbound import Letter

from .message import Message


def is_set() -> bool:
    """Return whether the operator has set a gateway."""
    return bool(settings.SMS_GATEWAY["url"])


def letter(where: dict[str, str], message: Message) -> Letter:
    """Return what is posted to the gateway, as a form or as JSON."""
    gateway = settings.SMS_GATEWAY
    said = gateway["fields"] | {gateway["to"]: where["number"], gateway["text"]: message.in_one_line}
    name, _colon, value = gateway["header"].partition(":")
    headers = {name.strip(): value.strip()} if name else {}
    if gateway["json"]:
        return Letter(gateway["url"], headers | {"Content-Type": "application/json"}, json.dumps(said).encode())
    kind = "application/x-www-form-urlencoded"
    return Letter(gateway["url"], headers | {"Content-Type": kind}, urlencode(said).encode())


def route() -> str:
    """Return a mark of the gateway as it is set: another gateway is another way, and must be tested again (H1)."""
    return hashlib.sha256(repr(sorted(settings.SMS_GATEWAY.items())).encode()).hexdigest()[:16] if is_set() else ""
