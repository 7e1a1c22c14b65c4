"""allauth's views in the layout of the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from allauth.account import views as account
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from safetycenter.hints import Text
from safetycenter.views import retry_after

from . import idle

# Error codes of forms above a limit (accounts.throttling), and after how many seconds another attempt is useful.
RETRY_SECONDS = {"too_many_login_attempts": 15 * 60, "too_many_codes": 60 * 60}


def desk_page(view: Callable, title: Text) -> Callable:
    """Return ``view`` with the context that the layout of the desk needs, under ``title``."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if getattr(response, "context_data", None) is not None:
            response.context_data = {
                **admin.site.each_context(request),
                "title": title,
                "subtitle": None,
                **response.context_data,
            }
            if seconds := _retry_after(response.context_data.get("form")):
                retry_after(response, seconds)
        return response

    return wrapper


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Show or run allauth's sign-out; first comes what this person must see to before they leave."""
    return admin.site.page_before_sign_out(request) or account.logout(request)  # type: ignore[attr-defined]


@idle.in_background
@never_cache
@require_GET
def screen_state(request: HttpRequest) -> JsonResponse:
    """Tell the script that locks an open page whose session this is, and in how many seconds it locks.

    A locked session and a visitor get a redirect instead. The token is new after a sign-in in another tab.
    """
    state = {"person": request.user.pk, "seconds": idle.seconds_left(request), "token": get_token(request)}
    return JsonResponse(state)


def _retry_after(form: Any) -> int:
    errors = form.errors.as_data() if form is not None and form.is_bound else {}
    codes = {error.code for messages in errors.values() for error in messages}
    return max((RETRY_SECONDS[code] for code in codes & set(RETRY_SECONDS)), default=0)


def not_found(request: HttpRequest, rest: str = "") -> NoReturn:
    """Raise Http404, where the admin's catch-all URL would redirect a visitor to sign-in."""
    raise Http404
