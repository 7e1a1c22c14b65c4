"""Whether a person has lately shown that it is them: asked at most once in 15 minutes, before what must be theirs.

When it was is in the session itself, so that the check asks the database nothing. A complete sign-in counts too.
allauth keeps its own record for the pages of the own account; the same proof writes both. Why: see ``confirm``.
"""

from functools import wraps
from time import time
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from safetycenter.hints import View
from safetycenter.roles import Account

from . import idle

CONFIRMED = "confirmed_at"


def remember(request: HttpRequest, user: Account, **_signal: Any) -> None:
    """Record in the session that this person has just shown that it is them, and unlock it."""
    request.session[CONFIRMED] = int(time())
    idle.unlock(request)
    request.is_confirmed = True  # type: ignore[attr-defined]


def remember_proof(request: HttpRequest, user: Account, reauthenticated: bool = False, **_signal: Any) -> None:
    """Do the same when a proof was given again. The steps of a sign-in count once it is complete."""
    if reauthenticated:
        remember(request, user)


def is_recent(request: HttpRequest) -> bool:
    """Return whether the last proof of this session is recent enough. No query."""
    return time() - request.session.get(CONFIRMED, 0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def require(request: HttpRequest) -> None:
    """Raise allauth's ReauthenticationRequired, which is answered by the page that asks, unless a proof is recent."""
    if not is_recent(request):
        raise ReauthenticationRequired


class ChangesNeedProof:
    """A mixin for a model admin: whatever is sent to it needs a recent proof. Its pages open without one."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the form, or save what was sent."""
        return self._after_proof(super().changeform_view, request, *args, **kwargs)  # type: ignore[misc]

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask whether to delete, or delete."""
        return self._after_proof(super().delete_view, request, *args, **kwargs)  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the list, or do an action with the rows that are ticked."""
        return self._after_proof(super().changelist_view, request, *args, **kwargs)  # type: ignore[misc]

    def _after_proof(self, view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            require(request)
        return view(request, *args, **kwargs)


def confirmed(view: View) -> View:
    """Decorate a desk view that needs a recent proof."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request)
        return view(request, *args, **kwargs)

    return wrapper
