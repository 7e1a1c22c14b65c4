"""Which settings of on-call channels cannot be used."""

import re
from collections.abc import Iterator
from ipaddress import ip_network

from django.conf import settings

from safetycenter.outbound import RefusedError, https_parts

HEADER = re.compile(r"[A-Za-z0-9-]+:[ -~]+")


def wrong_settings() -> Iterator[str]:
    """Yield the names of the settings that cannot be used."""
    if not all(_is_network(network) for network in settings.ON_CALL_PRIVATE_NETWORKS):
        yield "ON_CALL_PRIVATE_NETWORKS"
    gateway = settings.SMS_GATEWAY
    if not gateway["url"]:
        return
    try:
        https_parts(gateway["url"])
    except RefusedError:
        yield "SMS_GATEWAY_URL"
    if gateway["header"] and not HEADER.fullmatch(gateway["header"]):
        yield "SMS_GATEWAY_HEADER"
    if len({gateway["to"], gateway["text"], *gateway["fields"], ""}) < 3 + len(gateway["fields"]):
        yield "SMS_GATEWAY_TO, SMS_GATEWAY_TEXT or SMS_GATEWAY_FIELDS"


def _is_network(network: str) -> bool:
    """Return whether this is a network, and not the whole internet with this machine and its neighbours."""
    try:
        return ip_network(network, strict=False).prefixlen > 0
    except ValueError:
        return False
