"""URLs of staff accounts, under ``admin/account/``. The names are allauth's, whose code uses them.

A person without a required second factor may open the pages that are not wrapped in ``admin_view``, and no others.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.contrib import admin
from django.urls import path, re_path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..hints import View
from ..kept_form import preserve_form
from .confirm import proof_page
from .invitation_views import enrol
from .kept_post import after_sign_in
from .sessions import sessions
from .views import desk_page, not_found, screen_state, sign_out

remove_passkey = passkey.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))


def _desk_view(view: View, title: Text) -> View:
    """Return a view that only people who may use the desk can open."""
    return admin.site.admin_view(desk_page(view, title))


urlpatterns = [
    path("login/", desk_page(account.login, _("Sign in")), name="account_login"),
    path("2fa/authenticate/", desk_page(mfa.authenticate, _("Two-step verification")), name="mfa_authenticate"),
    path("invitation/<str:token>/", enrol, name="account_invitation"),
    path("logout/", desk_page(sign_out, _("Sign out")), name="account_logout"),
    path(
        "reauthenticate/",
        proof_page(account.reauthenticate, _("Confirm it's you")),
        name="account_reauthenticate",
    ),
    path("2fa/", desk_page(mfa.index, _("Your account")), name="mfa_index"),
    path("2fa/totp/activate/", desk_page(app.activate_totp, _("Add an authenticator app")), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", desk_page(passkey.add_webauthn, _("Add a passkey")), name="mfa_add_webauthn"),
    path("kept/", preserve_form(admin.site.admin_view(after_sign_in)), name="account_kept"),
    path("screen/", admin.site.admin_view(screen_state), name="account_screen"),
    path("sessions/", admin.site.admin_view(sessions), name="account_sessions"),
    path("password/change/", _desk_view(account.password_change, _("Change password")), name="account_change_password"),
    path(
        "2fa/reauthenticate/",
        admin.site.admin_view(proof_page(mfa.reauthenticate, _("Confirm it's you"))),
        name="mfa_reauthenticate",
    ),
    path(
        "2fa/webauthn/reauthenticate/",
        admin.site.admin_view(proof_page(passkey.reauthenticate_webauthn, _("Confirm it's you"))),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/totp/deactivate/",
        _desk_view(app.deactivate_totp, _("Remove the authenticator app")),
        name="mfa_deactivate_totp",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        _desk_view(remove_passkey, _("Remove a passkey")),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/recovery-codes/",
        _desk_view(codes.view_recovery_codes, _("Recovery codes")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        _desk_view(codes.generate_recovery_codes, _("Make new recovery codes")),
        name="mfa_generate_recovery_codes",
    ),
    re_path(r"^(?P<rest>.*)$", not_found),
]
