"""Serve ``/.well-known/security.txt`` (RFC 9116): the contacts for reporting a vulnerability of this site."""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

VALID_FOR = timedelta(days=180)  # RFC 9116, 2.5.5 recommends less than a year
CONTACT_URI = re.compile(r"(https://|mailto:\S+@|tel:\+?\d)\S+")
EMAIL_ADDRESS = re.compile(r"[^\s@:/]+@[^\s@:/]+")


def contact_uri(value: str) -> str | None:
    """Return ``value`` as a URI that RFC 9116 allows as a contact, or None. A bare e-mail address gets ``mailto:``."""
    if EMAIL_ADDRESS.fullmatch(value):
        return f"mailto:{value}"
    return value if CONTACT_URI.fullmatch(value) else None


@require_safe
@cache_control(public=True, max_age=60 * 60)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Return the usable contacts of SECURITY_CONTACT, in their order. Raises Http404 when there is none."""
    contacts = [uri for value in settings.SECURITY_CONTACT if (uri := contact_uri(value))]
    if not contacts:
        raise Http404
    lines = [
        *(f"Contact: {uri}" for uri in contacts),
        f"Expires: {_expiry():%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.PUBLIC_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _expiry() -> datetime:
    """Return the midnight (UTC) until which a copy is valid. A running site renews it every day."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + VALID_FOR
