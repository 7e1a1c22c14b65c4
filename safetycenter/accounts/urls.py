"""URLs of staff accounts, under ``admin/account/``. The names are allauth's, whose code uses them.

A person without a required second factor may open the pages that are not wrapped in ``admin_view``, and no others.
"""

from typing import Any

from allauth.account import views as account
from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.urls import path, re_path, reverse_lazy
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..hints import View
from ..kept_form import preserve_form
from .confirm import proof_page
from .invitation_views import enrol
from .kept_post import after_sign_in
from .sessions import sessions
from .views import desk_page, not_found, screen_state, sign_out


def _mfa(name: str, **options: Any) -> View:
    """Return the view ``name`` of allauth's second factors, loaded when it is first opened.

    Its library of passkeys takes 12 MB, and most workers serve readers alone.
    ``options`` are those of a class.
    """

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = import_string(f"allauth.mfa.{name}")
        return (found.as_view(**options) if options else found)(request, *args, **kwargs)

    return view


remove_passkey = _mfa("webauthn.views.RemoveWebAuthnView", success_url=reverse_lazy("mfa_index"))


def _desk_view(view: View, title: Text) -> View:
    """Return a view that only people who may use the desk can open."""
    return admin.site.admin_view(desk_page(view, title))


urlpatterns = [
    path("login/", desk_page(account.login, _("Sign in")), name="account_login"),
    path(
        "2fa/authenticate/",
        desk_page(_mfa("base.views.authenticate"), _("Two-step verification")),
        name="mfa_authenticate",
    ),
    path("invitation/<str:token>/", enrol, name="account_invitation"),
    path("logout/", desk_page(sign_out, _("Sign out")), name="account_logout"),
    path(
        "reauthenticate/",
        proof_page(account.reauthenticate, _("Confirm it's you")),
        name="account_reauthenticate",
    ),
    path("2fa/", desk_page(_mfa("base.views.index"), _("Your account")), name="mfa_index"),
    path(
        "2fa/totp/activate/",
        desk_page(_mfa("totp.views.activate_totp"), _("Add an authenticator app")),
        name="mfa_activate_totp",
    ),
    path(
        "2fa/webauthn/add/", desk_page(_mfa("webauthn.views.add_webauthn"), _("Add a passkey")), name="mfa_add_webauthn"
    ),
    path("kept/", preserve_form(admin.site.admin_view(after_sign_in)), name="account_kept"),
    path("screen/", admin.site.admin_view(screen_state), name="account_screen"),
    path("sessions/", admin.site.admin_view(sessions), name="account_sessions"),
    path("password/change/", _desk_view(account.password_change, _("Change password")), name="account_change_password"),
    path(
        "2fa/reauthenticate/",
        admin.site.admin_view(proof_page(_mfa("base.views.reauthenticate"), _("Confirm it's you"))),
        name="mfa_reauthenticate",
    ),
    path(
        "2fa/webauthn/reauthenticate/",
        admin.site.admin_view(proof_page(_mfa("webauthn.views.reauthenticate_webauthn"), _("Confirm it's you"))),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/totp/deactivate/",
        _desk_view(_mfa("totp.views.deactivate_totp"), _("Remove the authenticator app")),
        name="mfa_deactivate_totp",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        _desk_view(remove_passkey, _("Remove a passkey")),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/recovery-codes/",
        _desk_view(_mfa("recovery_codes.views.view_recovery_codes"), _("Recovery codes")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        _desk_view(_mfa("recovery_codes.views.generate_recovery_codes"), _("Make new recovery codes")),
        name="mfa_generate_recovery_codes",
    ),
    re_path(r"^(?P<rest>.*)$", not_found),
]
