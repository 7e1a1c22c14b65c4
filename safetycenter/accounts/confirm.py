"""The pages that ask who is at the desk (``proof``), and keep where the person was and what they sent (``kept_post``).

allauth's pages take the proof: password, passkey or code. Why so: docs/decisions/staff-sessions.md.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from safetycenter.hints import Text

from . import idle, kept_post
from .views import desk_page

ANOTHER_WAY = "another_way"  # a button that only opens this page, although it sends what was kept
PASSKEY = "mfa_reauthenticate:webauthn"


def ask(request: HttpRequest) -> HttpResponse:
    """Return the answer that asks for a proof: a page that keeps what was sent, else a redirect to the page."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    door = methods[0]["url"] if methods else reverse("account_login")
    address = f"{door}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
    if not methods or not kept_post.is_keepable(request):
        return redirect(address)
    return _ask_and_keep(request, methods, address)


@never_cache
def _ask_and_keep(request: HttpRequest, methods: list[dict], address: str) -> HttpResponse:
    from .forms import ReauthenticateForm  # brings the library of passkeys

    ways = [way | {"url": f"{way['url']}?{address.partition('?')[2]}"} for way in methods]
    context = {
        **admin.site.each_context(request),
        "title": _("Confirm it's you"),
        "form": ReauthenticateForm(user=request.user),
        "action": address,
        "reauthentication_alternatives": [way for way in ways if way["url"] != address],
    }
    context |= _additions(request, kept_post.seal(request, request.user.pk), context["reauthentication_alternatives"])
    return render(request, "account/reauthenticate.html", context, status=403)


def proof_page(view: Callable, title: Text) -> Callable:
    """Return ``view``, one of allauth's pages that ask for a proof, so that it keeps what was sent."""
    shown = desk_page(view, title)

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sealed = request.POST.get(kept_post.FIELD, "")
        if ANOTHER_WAY in request.POST:
            request.method = "GET"
        response = shown(request, *args, **kwargs)
        if getattr(request, "is_confirmed", False):
            return kept_post.offer_again(request, sealed) if sealed else response
        if request.method == "POST" and response.status_code == 302:
            request.method = "GET"  # allauth redirects to sign-in after a refused passkey; this page asks again
            response = shown(request, *args, **kwargs)
        context = getattr(response, "context_data", None)
        if context is not None:
            context.update(_additions(request, sealed, context["reauthentication_alternatives"]))
        return response

    return wrapper


def _additions(request: HttpRequest, sealed: str, others: list[dict]) -> dict[str, Any]:
    """Return what our page shows besides allauth's: the lock, what is kept, and a passkey beside the password."""
    passkey = next((way for way in others if way["id"] == PASSKEY), None)
    is_locked = idle.is_locked(request)
    return {
        **({"title": _("Locked")} if is_locked else {}),
        "locked": is_locked,
        "sealed": sealed,
        "sealed_field": kept_post.FIELD,
        "another_way": ANOTHER_WAY,
        "idle_minutes": settings.STAFF_IDLE_MINUTES,
        "recent_minutes": settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60,
        "other_ways": [way for way in others if way is not passkey],
        "passkey": passkey,
        **(_passkey_parts(request) if passkey else {}),
    }


def _passkey_parts(request: HttpRequest) -> dict[str, Any]:
    # The library takes 12 MB, and a public node, which has the middleware of the desk, never asks for a passkey.
    from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
    from allauth.mfa.webauthn.internal import auth as passkeys

    return {
        "passkey_form": ReauthenticateWebAuthnForm(user=request.user),
        "passkey_options": passkeys.begin_authentication(request.user),
    }
