"""Who may use the desk: a member of staff who gave their second factor in this session.

The session matters because a person may be signed in at two places when they add their first second factor. Someone
who knew only the password must not get in through the other session.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest

from safetycenter.roles import Account

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SESSION_KEY = "second_factor_of"


def second_factors(user_id: int | OuterRef | None) -> QuerySet[Authenticator]:
    """Return the second factors of a user: apps and passkeys. Recovery codes alone do not count."""
    return Authenticator.objects.filter(user_id=user_id, type__in=SECOND_FACTORS)


def has_second_factor(user: Account) -> bool:
    """Return whether ``user`` has a second factor."""
    return second_factors(user.pk).exists()


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
    user: Any = request.user
    if not hasattr(user, "has_second_factor"):  # the user of a session was loaded with it (StaffBackend)
        user.has_second_factor = has_second_factor(user)
    return user.has_second_factor
