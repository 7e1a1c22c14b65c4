"""Middleware of the desk: allauth's context, and a content security policy that may name a nonce."""

from http import HTTPStatus

from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ReauthenticationRequired
from csp.constants import NONCE, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from ..hints import GetResponse, View
from . import confirm, locking, policy, sessions


def _is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


class DeskCSPMiddleware(CSPMiddleware):
    """The content security policy. On the desk it also allows ``request.csp_nonce``, and forms only to this site.

    Readers' pages are kept and served to everyone, so they cannot carry a nonce.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add the policy to a demo's 404 as well: it is our page, while the parent class expects Django's there."""
        status = response.status_code
        response.status_code = HTTPStatus.OK if status == HTTPStatus.NOT_FOUND else status
        try:
            return super().process_response(request, response)
        finally:
            response.status_code = status

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the policy of one response. Additions that a view made with ``csp_update`` are kept."""
        parts = super().get_policy_parts(request, response, report_only)
        if _is_desk(request):
            update = parts.update or {}
            parts.replace = {**(parts.replace or {}), "form-action": [SELF]}  # the desk has no "Quick exit"
            parts.update = {**update, "script-src": [*update.get("script-src", ()), NONCE]}
        return parts


class DeskAccountMiddleware:
    """allauth's middleware on the desk only; it also ends sessions, and locks them (``locking``)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.with_accounts = AccountMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if not _is_desk(request):
            return self.get_response(request)
        if policy.is_outdated(request):
            logout(request)
        elif sessions.is_over(request):
            locking.end(request)
        return self.with_accounts(request)

    def process_view(self, request: HttpRequest, view: View, args: tuple, kwargs: dict) -> HttpResponseBase | None:
        """Answer a request to a session that is locked or has just ended, in place of the view."""
        return locking.answer(request, view) if _is_desk(request) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask for a proof where a view requires it.

        allauth would store the whole request in the session until then, with the sender's address and everything
        typed; here it stays in the browser (``kept_post``).
        """
        if not isinstance(exception, ReauthenticationRequired):
            return self.with_accounts.process_exception(request, exception)
        return confirm.ask(request)
