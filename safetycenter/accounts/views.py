"""allauth's views in the layout of the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseBase

from safetycenter.hints import Text
from safetycenter.views import retry_after

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


def _retry_after(form: Any) -> int:
    errors = form.errors.as_data() if form is not None and form.is_bound else {}
    codes = {error.code for messages in errors.values() for error in messages}
    return max((RETRY_SECONDS[code] for code in codes & set(RETRY_SECONDS)), default=0)


def not_found(request: HttpRequest, rest: str = "") -> NoReturn:
    """Raise Http404, where the admin's catch-all URL would redirect a visitor to sign-in."""
    raise Http404
