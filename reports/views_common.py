"""Shared by every page for reporters: nothing is stored or revealed, and the quick exit is always available."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST

from safetycenter import wording
from safetycenter.hints import View
from safetycenter.same_origin import same_origin as same_origin  # imported from here by reporters' views
from safetycenter.views import SeeOther

KEPT_ANCHOR = "#kept"  # URL fragment that displays the message that the time was extended and nothing is lost


def page(
    request: HttpRequest,
    template: str,
    name: str = "",
    kwargs: dict | None = None,
    status: int = 200,
    query: str = "",
    **context: Any,
) -> HttpResponse:
    """Render a page for reporters with the quick exit, and the language switch to the same page ``reports:<name>``.

    The switch keeps ``query``, for example ``?easy=1``.
    """
    context |= {"easy": wording.current().easy, "formal": wording.current().formal}
    context |= {
        "quick_exit": True,
        "is_never_stored": True,
        "alternates": alternates(name, kwargs, query) if name else {},
    }
    return render(request, f"reports/{template}", context, status=status)


def alternates(name: str, kwargs: dict | None = None, query: str = "") -> dict[str, str]:
    """Return the URL of this page in each other language with ``query``, by language code."""
    others = [code for code, _label in settings.LANGUAGES if code != translation.get_language()]
    return {code: _address(code, name, kwargs) + query for code in others}


def _address(language: str, name: str, kwargs: dict | None) -> str:
    with translation.override(language):
        return reverse(f"reports:{name}", kwargs=kwargs)


def no_store(view: View) -> View:
    """Decorate a view so that neither browser nor proxy stores it: Back after the quick exit shows nothing."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return wrapper


def post_only(back: str) -> Callable[[View], View]:
    """Decorate a view that takes a form and has no page: a browser that asks for its address gets the page ``back``.

    A phone that closed the page asks for the address of the last form again; a refusal would be an empty page. The
    redirect reveals nothing: without a session, the page ``back`` itself shows nothing of a report (H8).
    """

    def decorate(view: View) -> View:
        posted = require_POST(view)

        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in {"GET", "HEAD"}:
                return SeeOther(reverse(f"reports:{back}"))
            return posted(request, *args, **kwargs)

        return wrapper

    return decorate
