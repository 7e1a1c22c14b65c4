"""The staff site: Django's admin in our design, with an index page made of panels that the apps register."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from .accounts import idle, policy

Panel = Callable  # (request) -> {"title", "template", …context}, or None when there is nothing for this person
SignOutCheck = Callable[[HttpRequest], HttpResponse | None]  # a response keeps this person signed in


class StaffSite(AdminSite):
    """One site for editors and moderators; their roles decide what they see."""

    site_header = _("Safety Center moderation")
    site_title = _("Safety Center moderation")
    index_title = _("My work")
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.panels: list[Panel] = []
        self.sign_out_checks: list[SignOutCheck] = []

    def register_panel(self, panel: Panel) -> Panel:
        """Add a panel to the index page; return it, so that this method can be used as a decorator."""
        self.panels.append(panel)
        return panel

    def before_sign_out(self, check: SignOutCheck) -> SignOutCheck:
        """Add a check that runs before somebody signs out; return it, so that this can be used as a decorator."""
        self.sign_out_checks.append(check)
        return check

    def page_before_sign_out(self, request: HttpRequest) -> HttpResponse | None:
        """Return the response of the first check that keeps this person signed in; None if they may sign out.

        Somebody who may not open staff pages always may: they could not open the page that the check shows.
        """
        if request.method != "POST" or not self.has_permission(request):
            return None
        return next((page for check in self.sign_out_checks if (page := check(request))), None)

    @method_decorator(never_cache)
    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out, unless ``page_before_sign_out`` comes first."""
        return self.page_before_sign_out(request) or super().logout(request, extra_context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the index page: first the work that waits for this person."""
        panels = [shown for panel in self.panels if (shown := panel(request))]
        keys = [key for panel in panels for key in panel.get("keys", ())]
        return super().index(request, {"panels": panels, "keys": keys, **(extra_context or {})})

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may use the desk: active staff, with a second factor where one is required."""
        return super().has_permission(request) and policy.has_verified_second_factor(request)

    def each_context(self, request: HttpRequest) -> dict:
        """Return the context of every desk page; ``password_only`` is true when no second factor is required.

        ``screen_seconds``: after how long an open page locks. None for a visitor, 0 on the lock.
        """
        additions = {"password_only": not settings.STAFF_SECOND_FACTOR, "screen_seconds": idle.seconds_left(request)}
        return {**super().each_context(request), **additions}

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect anonymous users to sign-in, and users without a required second factor to the page that adds one."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            return redirect("mfa_index")
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(wanted, reverse("account_login"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Redirect to the one page that changes a password."""
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Redirect to the account page, which says that the password was changed."""
        return redirect("mfa_index")
