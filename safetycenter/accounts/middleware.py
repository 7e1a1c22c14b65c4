"""What answers of the desk carry beside the rest: allauth's context, and a policy that may name a nonce."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ReauthenticationRequired
from csp.constants import NONCE, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from ..hints import GetResponse
from . import policy


def _is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


class DeskPolicy(CSPMiddleware):
    """The content security policy. At the desk, scripts may also carry ``request.csp_nonce``; no form leads outside.

    Pages of readers are kept and served to everyone, so a nonce has no place in them.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add the policy to a demo's 404 too: it is our own page. The stock middleware expects Django's there."""
        status = response.status_code
        response.status_code = HTTPStatus.OK if status == HTTPStatus.NOT_FOUND else status
        try:
            return super().process_response(request, response)
        finally:
            response.status_code = status

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The policy of one answer. What a view added by ``csp_update`` stays."""
        parts = super().get_policy_parts(request, response, report_only)
        if _is_desk(request):
            update = parts.update or {}
            parts.replace = {**(parts.replace or {}), "form-action": [SELF]}  # no "Quick exit" there
            parts.update = {**update, "script-src": [*update.get("script-src", ()), NONCE]}
        return parts


class DeskAccounts:
    """allauth's middleware at the desk alone; and the end of sessions that lack their person's second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.with_accounts = AccountMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if not _is_desk(request):
            return self.get_response(request)
        if policy.is_outdated(request):
            logout(request)
        return self.with_accounts(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask for the password once more where a view demands it.

        allauth would keep the whole request in the session until then, with the sender's address and what they
        typed; here they type it again.
        """
        if not isinstance(exception, ReauthenticationRequired):
            return self.with_accounts.process_exception(request, exception)
        methods = get_adapter().get_reauthentication_methods(request.user)
        door = methods[0]["url"] if methods else reverse("account_login")
        return HttpResponseRedirect(f"{door}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")
