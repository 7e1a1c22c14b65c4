"""Who may use the desk: a member of staff who gave their second factor in this session.

The session matters because a person may be signed in at two places when they add their first second factor. Someone
who knew only the password must not get in through the other session.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from safetycenter.roles import Account

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SESSION_KEY = "second_factor_of"


def enrolled(user: Account) -> bool:
    """Return whether ``user`` has a second factor: an app or a passkey. Recovery codes alone do not count."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()


def has_verified_second_factor(request: HttpRequest) -> bool:
    """Return whether the user of ``request`` meets the requirement of a second factor, if there is one."""
    return not settings.STAFF_SECOND_FACTOR or _is_enrolled(request)


def is_outdated(request: HttpRequest) -> bool:
    """Return whether this session was opened by the password alone, although its user now has a second factor."""
    return (
        request.user.is_authenticated and request.session.get(SESSION_KEY) != request.user.pk and _is_enrolled(request)
    )


def remember_second_factor(request: HttpRequest, user: Account, **_signal: Any) -> None:
    """Record in the session that ``user`` has just given, or added, a second factor."""
    request.session[SESSION_KEY] = user.pk


def _is_enrolled(request: HttpRequest) -> bool:
    if not hasattr(request, "staff_is_enrolled"):  # cached, because the admin asks several times on one page
        request.staff_is_enrolled = enrolled(request.user)  # type: ignore[attr-defined]
    return request.staff_is_enrolled  # type: ignore[attr-defined]
