"""Adapters of allauth for this site: limits, redirects, and error messages in our words."""

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..roles import Account
from .throttling import allow_password_attempt, clear_password_attempts

WRONG_CODE = _("This code is incorrect or was already used. Please wait for the next one.")


class StaffAccountAdapter(DefaultAccountAdapter):
    """Sign-in and passwords of staff."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("This username and password do not match. Please check both."),
        "incorrect_password": _("This password is incorrect."),
        "enter_current_password": _("This password is incorrect."),
        "too_many_login_attempts": _("Too many attempts. Try again in 15 minutes."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this attempt before the password is checked. Raises ValidationError above the limit."""
        if not allow_password_attempt(request, credentials["username"]):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return the user or None. A successful attempt does not count towards the limit."""
        person = super().authenticate(request, **credentials)
        if person:
            clear_password_attempts(request, credentials["username"])
        return person

    def is_safe_url(self, url: str) -> bool:
        """Return whether sign-in may redirect to ``url``: only to pages of the desk."""
        return bool(url) and url.startswith(reverse("admin:index")) and super().is_safe_url(url)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the URL of the account page, shown after a password change."""
        return reverse("mfa_index")


class StaffMFAAdapter(DefaultMFAAdapter):
    """Second factors of staff."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Recovery codes need two-step verification. Please set it up first."),
    }

    def get_totp_label(self, user: Account) -> str:
        """Return the name of the account in the authenticator app."""
        return user.get_username()

    def get_totp_issuer(self) -> str:
        """Return the name of the site in the authenticator app."""
        return settings.SITE_NAME or gettext("Safety Center")

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code of ``url`` on a white background, so that a camera reads it in the dark scheme too."""
        picture = BytesIO()
        segno.make_qr(url, error="m").save(picture, kind="svg", scale=5, light="#fff", xmldecl=False)
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """Return a name for a new passkey whose owner did not enter one."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}
