"""Who may work at the desk: a member of staff whose second factor was given in this very session.

The session matters because a person may be signed in at two places when they add their first second factor. Whoever
knew the password alone must not get in by the other session.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from safetycenter.roles import Account

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SESSION_KEY = "second_factor_of"


def enrolled(user: Account) -> bool:
    """Whether ``user`` has a second factor: an authenticator app or a passkey. Recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()


def has_verified_second_factor(request: HttpRequest) -> bool:
    """Whether the person of ``request`` is free to use the desk, as far as the second factor goes."""
    return not settings.STAFF_SECOND_FACTOR or _is_enrolled(request)


def is_outdated(request: HttpRequest) -> bool:
    """Whether this session was opened by the password alone, though its person has a second factor by now."""
    return (
        request.user.is_authenticated and request.session.get(SESSION_KEY) != request.user.pk and _is_enrolled(request)
    )


def remember_second_factor(request: HttpRequest, user: Account, **_signal: Any) -> None:
    """Note in the session that ``user`` has just given, or added, a second factor."""
    request.session[SESSION_KEY] = user.pk


def _is_enrolled(request: HttpRequest) -> bool:
    if not hasattr(request, "staff_is_enrolled"):  # the admin asks several times on one page
        request.staff_is_enrolled = enrolled(request.user)  # type: ignore[attr-defined]
    return request.staff_is_enrolled  # type: ignore[attr-defined]
