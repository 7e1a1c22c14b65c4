"""Project-wide views: language redirect, health checks, errors, and what they share."""

import logging
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from safetycenter import kept_form
from safetycenter.metrics import has_token
from safetycenter.page_cache import display_modes
from safetycenter.published_limits import LIMITS

log = logging.getLogger(__name__)


def site(request: HttpRequest) -> dict:
    """Return the template context of every page: who runs the site, whether this is a demo, and the display mode."""
    return {
        "mode": display_modes.current(),
        "SITE_NAME": settings.SITE_NAME or _("Safety Center"),
        "PUBLIC_URL": settings.PUBLIC_URL,
        "OPERATOR": settings.OPERATOR,
        "DEMO": settings.DEBUG,
        "NODE": settings.NODE,
        "HAS_DESK": settings.HAS_DESK,
        "QUICK_EXIT_URL": settings.QUICK_EXIT_URL,
        "LIMITS": LIMITS,
    }


class SeeOther(HttpResponseRedirect):
    """A redirect that the browser always follows with a GET."""

    status_code = 303


class NoContent(HttpResponse):
    """A 204, which may not name a type of content."""

    status_code = 204

    def __init__(self) -> None:
        super().__init__()
        del self.headers["Content-Type"]


def retry_after(response: HttpResponse, seconds: int, status: int = 429) -> HttpResponse:
    """Return ``response`` with ``status`` and ``Retry-After`` (``seconds``), for clients above a rate limit."""
    response.status_code = status
    response.headers["Retry-After"] = str(seconds)
    return response


@require_safe
def language_redirect(request: HttpRequest) -> HttpResponse:
    """Redirect a visitor of ``/`` to the language that their browser asks for."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        response = SeeOther(reverse("education:home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process runs."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and all of READINESS_CHECKS hold, 503 otherwise.

    The result of each is listed for the operator only: a person who tampers with the record would read there whether
    they were noticed. READINESS_TIMES are listed too, but do not affect the status. A check that raises an error counts
    as failed.
    """
    results = _readiness()
    status = 200 if all(value is not False for value in results.values()) else 503
    return JsonResponse(results if _is_of_the_operator(request) else {}, status=status)


def _readiness() -> dict:
    """Return the result of each check, False for one that failed, and the times."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return {"database": False}
    checks = {what: bool(_call_setting(name, False)) for what, name in settings.READINESS_CHECKS.items()}
    times = {what: _call_setting(name, None) for what, name in settings.READINESS_TIMES.items()}
    return {"database": True, **checks, **times}


def _is_of_the_operator(request: HttpRequest) -> bool:
    """Return whether the request has METRICS_TOKEN, or comes from this machine and not through a proxy on it."""
    is_local = request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and "X-Forwarded-For" not in request.headers
    return is_local or has_token(request)


def _call_setting(name: str, otherwise: Any) -> Any:
    """Return the result of the function called ``name``, or ``otherwise`` after an error, which is logged."""
    try:
        return import_string(name)()
    except Exception:
        log.exception("a check of readiness failed", extra={"facts": {"check": name}})
        return otherwise


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain that the form's token is missing (cookies off, or a window left open too long), with ways to go on."""
    if kept := kept_form.response_to_expired_token(request):
        return kept
    context = {"is_desk": _is_desk(request), "alternates": _in_other_languages(request, "reports:start")}
    return render(request, "form_expired.html", context, status=403)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: explain that this page is for others, with ways to go on."""
    context = {"is_desk": _is_desk(request), "alternates": _in_other_languages(request)}
    return render(request, "403.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Explain in the reader's language that a form is too large. No other bad request comes from a real reader."""
    if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return HttpResponse("Bad request\n", status=400, content_type="text/plain")
    return render(request, "too_large.html", status=400)


@gzip_page
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with ways to go on; an exception may name the ``topic`` of what was here."""
    context = {"alternates": _in_other_languages(request), "topic": getattr(exception, "topic", None)}
    return render(request, "404.html", context, status=404)


def _is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


def _in_other_languages(request: HttpRequest, name: str = "") -> dict[str, str]:
    """Return the URL of this page, or of the page ``name``, in the other languages; the desk follows the browser."""
    if _is_desk(request):
        return {}
    current = translation.get_language()
    others = [code for code, _label in settings.LANGUAGES if code != current]
    if name:
        return {code: _url_in(code, name) for code in others}
    rest = request.path.removeprefix(f"/{current}/").lstrip("/")
    return {code: f"/{code}/{quote(rest)}" for code in others}


def _url_in(language: str, name: str) -> str:
    with translation.override(language):
        return reverse(name)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without using the database: the page itself contains emergency numbers."""
    return render(request, "500.html", status=500)
