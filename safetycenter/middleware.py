"""Middleware of every response: security headers, no-store for private pages, and a log line without content."""

import logging
import time
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseForbidden, HttpResponseRedirect
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from .hints import GetResponse, View
from .metrics import metrics
from .page_cache import cache_version
from .security_txt import security_txt
from .views import healthz, page_not_found, readyz

log = logging.getLogger("safetycenter.requests")

DESK_PATHS = ("/admin/", "/healthz", "/readyz", "/metrics")
PERMISSIONS_POLICY = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def request_log(get_response: GetResponse) -> GetResponse:
    """Log the name of the URL pattern, never the URL itself: it can contain a search or a case reference."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = get_response(request)
        match = getattr(request, "resolver_match", None)
        facts = {
            "view": match.view_name if match else "",
            "method": request.method,
            "status": response.status_code,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        log.info("request", extra={"facts": facts})
        return response

    return middleware


def security_headers(get_response: GetResponse) -> GetResponse:
    """Add the headers that every response must have."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        match = getattr(request, "resolver_match", None)
        if match and _is_private(match) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware


def probes(get_response: GetResponse) -> GetResponse:
    """Answer health checks and ``security.txt`` before the host is checked and before a language is chosen.

    A load balancer requests ``/healthz`` and ``/readyz`` by IP address, or sends no Host header. Without a contact,
    ``security.txt`` is a 404, which LocaleMiddleware would turn into a redirect to a URL with a language prefix.
    """
    views = {
        "/healthz": healthz,
        "/readyz": readyz,
        "/metrics": metrics,
        "/.well-known/security.txt": security_txt,
    }

    def middleware(request: HttpRequest) -> HttpResponseBase:
        view = views.get(request.path_info)
        return view(request) if view else get_response(request)

    return middleware


def one_cache_version(get_response: GetResponse) -> GetResponse:
    """Let everything that one request reads from ``per_version`` belong to the same cache version, read once."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with cache_version.one_request():
            return get_response(request)

    return middleware


def redirect_public_urls(get_response: GetResponse) -> GetResponse:
    """Redirect readers' URLs on a desk node, where they exist only so that links can be made, to the public site."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(DESK_PATHS):
            return get_response(request)
        return HttpResponseRedirect(settings.PUBLIC_URL + request.path)

    return middleware


def loopback_only(get_response: GetResponse) -> GetResponse:
    """With DEBUG, answer only requests from this machine (safety rule H1): the demo passwords are public.

    A tunnel or proxy also connects from this machine; the headers that it adds give it away.
    """
    if not settings.DEBUG:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _is_loopback(request.META.get("REMOTE_ADDR", "")) and not _was_forwarded(request):
            return get_response(request)
        sentence = _("This is a demo and answers only on the computer that it runs on.")
        return HttpResponseForbidden(sentence, content_type="text/plain; charset=utf-8")

    return middleware


class OwnUploadHandlers:
    """Let a view name its own handlers of uploads, as ``upload_handlers``: classes that take the request.

    The check of a form's token reads the form before the view could replace the handlers of the settings.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: View, args: tuple, kwargs: dict) -> None:
        """Set the handlers that ``view_func`` names, if any."""
        if handlers := getattr(view_func, "upload_handlers", None):
            request.upload_handlers = [handler(request) for handler in handlers]


class DebugNotFound:
    """With DEBUG, show our own 404 page instead of Django's list of URL patterns. Errors keep Django's debug page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, or our 404 page when no URL pattern matches."""
        if settings.DEBUG:
            try:
                resolve(request.path_info)
            except Resolver404 as missing:
                return page_not_found(request, missing)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Return our 404 page when the view raised Http404."""
        return page_not_found(request, exception) if settings.DEBUG and isinstance(exception, Http404) else None


def _is_loopback(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback


def _was_forwarded(request: HttpRequest) -> bool:
    return any(name == "HTTP_FORWARDED" or name.startswith("HTTP_X_FORWARDED_") for name in request.META)


def _is_private(match: ResolverMatch) -> bool:
    return match.route.startswith("admin/") or "reports" in match.app_names or "admin" in match.app_names
